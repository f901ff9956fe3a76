"""Passphrases as people type them, recovery keys as people copy them from paper."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import PassphraseTooWeak, RecoveryKeyMistyped, RecoveryKeyWrong
from desktop_app.storage.keys import make_key_file, new_data_key, unlock
from desktop_app.storage.unlock_secrets import Passphrase, RecoveryKey, require_good_passphrase
from tests.helpers.figures import rounds, tell
from tests.helpers.vaults import CHEAP, PASSPHRASE, quick_derivation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = [place for place in range(44) if place % 5 != 4]

raw_keys = st.binary(min_size=20, max_size=20)


@given(raw_keys)
def test_a_key_read_back_from_its_sheet_is_the_same_key(raw: bytes):
    key = RecoveryKey(raw)
    text = key.text()
    assert [len(group) for group in text.split("-")] == [4] * 9
    assert RecoveryKey.parse(text) == key


@given(raw_keys)
def test_case_separators_and_lookalikes_do_not_matter(raw: bytes):
    text = RecoveryKey(raw).text()
    assert RecoveryKey.parse(text.lower()).raw == raw
    assert RecoveryKey.parse("  " + text.replace("-", " – ") + "\n").raw == raw
    assert RecoveryKey.parse(text.replace("-", "")).raw == raw
    assert RecoveryKey.parse(text.replace("1", "l").replace("0", "o")).raw == raw
    assert RecoveryKey.parse(text.replace("1", "I").replace("0", "O")).raw == raw


@settings(max_examples=25)
@given(raw_keys)
def test_every_single_wrong_character_is_caught(raw: bytes):
    text = RecoveryKey(raw).text()
    for place in PLACES:
        for letter in ALPHABET:
            if letter != text[place]:
                with pytest.raises(RecoveryKeyMistyped):
                    RecoveryKey.parse(text[:place] + letter + text[place + 1 :])


def test_a_thousand_papers_open_what_they_were_made_for():
    """P1.3, with the derivation made quick: each key is read from its paper and opens its own key file alone."""
    count = rounds(40, 1_000)
    with quick_derivation():
        data_key = new_data_key()
        for _ in range(count):
            key, other = RecoveryKey.new(), RecoveryKey.new()
            key_file = make_key_file(data_key, PASSPHRASE, key, CHEAP)
            assert unlock(key_file, RecoveryKey.parse(key.text().lower())) == data_key
            with pytest.raises(RecoveryKeyWrong):
                unlock(key_file, other)
    tell("P1.3", f"{count} random recovery keys read back from their text: all open, no other does")


def test_the_check_group_catches_every_single_character_and_without_it_all_pass():
    caught = missed = without_check = 0
    for _ in range(rounds(2, 50)):
        text = RecoveryKey.new().text()
        for place in PLACES:
            for letter in ALPHABET.replace(text[place], ""):
                wrong = text[:place] + letter + text[place + 1 :]
                try:
                    RecoveryKey.parse(wrong)
                    missed += 1
                except RecoveryKeyMistyped:
                    caught += 1
                # The control: what a reader of the eight groups alone would take for a key.
                without_check += place < 40 and all(
                    letter in ALPHABET for letter in wrong[:39].replace("-", "")
                )
    assert missed == 0
    assert without_check == caught * 32 // 36
    tell(
        "P1.3",
        f"{caught} wrong characters, {missed} missed; without the check group {without_check} pass as keys",
    )


@given(raw_keys)
def test_every_swap_of_two_neighbours_is_caught(raw: bytes):
    letters = RecoveryKey(raw).text().replace("-", "")
    for place in range(len(letters) - 1):
        one, other = letters[place : place + 2]
        if one != other:
            with pytest.raises(RecoveryKeyMistyped):
                RecoveryKey.parse(letters[:place] + other + one + letters[place + 2 :])


@pytest.mark.parametrize("text", ["", "ABCD", "0" * 36, "0" * 37, "U" * 36, "åäö" * 12, "ß" * 18])
def test_what_is_no_key_is_called_mistyped(text: str):
    with pytest.raises(RecoveryKeyMistyped) as caught:
        RecoveryKey.parse(text)
    assert set(caught.value.params) == {"count", "expected"}


@given(raw_keys, st.integers(0, 43))
def test_a_character_left_out_is_caught(raw: bytes, place: int):
    text = RecoveryKey(raw).text()
    if text[place] != "-":
        with pytest.raises(RecoveryKeyMistyped):
            RecoveryKey.parse(text[:place] + text[place + 1 :])


def test_new_keys_differ():
    assert len({RecoveryKey.new() for _ in range(100)}) == 100


def test_neither_secret_shows_itself():
    assert "häst" not in repr(Passphrase("korrekt häst batteri"))
    assert "7" not in repr(RecoveryKey(b"7" * 20))


def test_composed_and_decomposed_letters_are_the_same_passphrase():
    text = "Åsas blåbärsöl är gott"
    composed, decomposed = (Passphrase(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed.text != decomposed.text
    assert composed.material() == decomposed.material()


def test_all_else_in_a_passphrase_counts():
    texts = [
        "femton tecken ok",
        " femton tecken ok",
        "femton tecken ok ",
        "Femton tecken ok",
        "femton  tecken ok",
    ]
    assert len({Passphrase(text).material() for text in texts}) == len(texts)


def test_half_a_character_pair_makes_no_error_that_would_carry_the_passphrase():
    assert Passphrase("halva tecknet \ud83d här").material()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "short"),
        ("fjorton tecken", "short"),
        ("a\N{COMBINING RING ABOVE}" * 14, "short"),
        ("sommar sommar SOMMAR", "blocked"),
        ("aaaaaaaaaaaaaaaa", "monotone"),
        ("a a a a a a a a a", "monotone"),
    ],
)
def test_weak_passphrases_are_refused_with_their_reason(text: str, reason: str):
    with pytest.raises(PassphraseTooWeak) as caught:
        require_good_passphrase(Passphrase(text), frozenset({"sommarsommarsommar"}))
    assert caught.value.params["reason"] == reason


@pytest.mark.parametrize(
    "text", ["femton tecken!!", " inledd av blank", "🐎🔋📎 häst batteri", "x'--\"; DROP TABLE"]
)
def test_nothing_is_demanded_but_length(text: str):
    require_good_passphrase(Passphrase(text))
