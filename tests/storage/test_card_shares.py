"""Three cards of which two are enough and one is nothing, typed as people type."""

import itertools
import random

import pytest
import shamir_mnemonic
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import CardMistyped, CardsOfTwoSets
from desktop_app.storage.card_shares import (
    WORDS_ON_A_CARD,
    combine_cards,
    known_words,
    read_card,
    read_cards,
    split_secret,
    whole_word,
)
from desktop_app.storage.keys import CardSecret
from tests.helpers.figures import rounds, tell

SECRET = CardSecret(bytes(range(16)))
SHARES = split_secret(SECRET)
TYPED = [" ".join(share.words) for share in SHARES]
LUCK = random.Random(39)


def test_any_two_lead_to_the_secret_and_their_order_does_not_matter():
    assert [share.number for share in SHARES] == [1, 2, 3]
    assert {len(share.words) for share in SHARES} == {WORDS_ON_A_CARD}
    for pair in itertools.permutations(TYPED, 2):
        assert read_cards(pair) == SECRET


@settings(max_examples=15)
@given(st.binary(min_size=16, max_size=16))
def test_every_secret_comes_back(raw: bytes):
    shares = split_secret(CardSecret(raw))
    for pair in itertools.combinations(shares, 2):
        assert combine_cards(pair) == CardSecret(raw)


def test_the_same_secret_never_gives_the_same_cards():
    assert not {share.words for share in SHARES} & {share.words for share in split_secret(SECRET)}


def test_one_card_the_same_twice_or_two_of_different_sets_lead_nowhere():
    other = split_secret(CardSecret(b"o" * 16))
    for cards in ([SHARES[0]], [SHARES[0], SHARES[0]], [SHARES[0], other[1]], list(SHARES), []):
        with pytest.raises(CardsOfTwoSets):
            combine_cards(cards)


@pytest.mark.parametrize(
    "spelled",
    [
        lambda words: " ".join(words).upper(),
        lambda words: "  " + "\t".join(words) + "\n",
        lambda words: " ".join(word[:4] for word in words),
        lambda words: " ".join(f"{number}. {word}" for number, word in enumerate(words, start=1)),
        lambda words: ", ".join(words),
    ],
)
def test_spelling_that_does_not_matter(spelled):
    assert read_card(spelled(SHARES[1].words)) == SHARES[1]
    assert whole_word(f" {SHARES[1].words[0][:4].upper()} ") == SHARES[1].words[0]
    assert whole_word("åäö") == "åäö"


def test_four_letters_tell_every_word():
    assert len(known_words()) == len({word[:4] for word in known_words()}) == 1024
    assert all(word.isascii() and word.islower() for word in known_words())


def test_a_wrong_missing_or_extra_word_is_mistyped_and_says_which_card():
    words = SHARES[0].words
    for wrong in (
        "",
        "en",
        " ".join(words[:-1]),
        " ".join((*words, words[0])),
        " ".join(("åäö", *words[1:])),
    ):
        with pytest.raises(CardMistyped) as caught:
            read_cards([TYPED[1], wrong])
        assert caught.value.params == {"card": 2}
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_every_single_wrong_word_is_caught():
    tried = missed = 0
    count = rounds(40, 1023)
    for place in range(WORDS_ON_A_CARD):
        others = [word for word in known_words() if word != SHARES[0].words[place]]
        for word in LUCK.sample(others, count):
            tried += 1
            words = [*SHARES[0].words]
            words[place] = word
            missed += is_read(words)
    assert missed == 0
    tell("P1.3", f"cards: {tried} wrong words, {missed} missed")


def test_every_swap_of_neighbours_is_caught():
    for place in range(WORDS_ON_A_CARD - 1):
        words = [*SHARES[0].words]
        words[place], words[place + 1] = words[place + 1], words[place]
        assert not is_read(words) or words == [*SHARES[0].words]


def is_read(words: list[str]) -> bool:
    try:
        read_card(" ".join(words))
    except CardMistyped:
        return False
    return True


@pytest.mark.parametrize(
    "made",
    [
        {"group_threshold": 1, "groups": [(2, 3)], "master_secret": b"s" * 32},
        {"group_threshold": 1, "groups": [(3, 5)], "master_secret": b"s" * 16, "iteration_exponent": 0},
        {"group_threshold": 1, "groups": [(2, 3)], "master_secret": b"s" * 16, "iteration_exponent": 5},
    ],
)
def test_cards_of_other_programs_are_refused_without_their_cost(made: dict):
    for card in shamir_mnemonic.generate_mnemonics(**made)[0]:
        with pytest.raises(CardMistyped):
            read_card(card)


def test_the_standard_s_own_example_is_read_as_the_standard_says():
    # SLIP-0039 test vectors, 128 bits, basic sharing 2-of-3: two cards of another maker's set.
    first = (
        "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short "
        "owner flip making coding armed"
    )
    second = (
        "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft "
        "early superior advocate guest smoking"
    )
    assert (
        shamir_mnemonic.combine_mnemonics([first, second], b"TREZOR").hex()
        == "b43ceb7e57a0ea8766221624d01b0864"
    )
