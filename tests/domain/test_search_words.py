"""What is typed is taken apart, and numbers are found by every spelling."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.search_snippets import COVER, CUT, Part, hidden_words, parts_of, without
from desktop_app.domain.search_words import plain, read_question, spellings, words_of

PERSONAL_NUMBER = (
    "850101-1234",
    "19850101-1234",
    "198501011234",
    "850101 1234",
    "19 85 01 01 1234",
    "850101+1234",
)
PHONE = (
    "070-123 45 67",
    "0701234567",
    "+46701234567",
    "+46 (0)70 123 45 67",
    "0046 70-123 45 67",
    "070/1234567",
)


def finds(typed: str, text: str) -> bool:
    """Tell whether the index would find a text, by the words and spellings alone."""
    kept = set(words_of(plain(text))) | set(spellings(plain(text)).split())

    def begins(word: str) -> bool:
        return any(each.startswith(word) for each in kept)

    question = read_question(typed)
    last = len(question.pieces) - 1
    return all(
        (
            all(word in kept for word in piece.words[:-1])
            and (begins(piece.words[-1]) if piece.joined or number == last else piece.words[-1] in kept)
        )
        or (piece.joined != "" and begins(piece.joined))
        for number, piece in enumerate(question.pieces)
    )


def no_lists(_beginning: str) -> list[str]:
    return []


@pytest.mark.parametrize("typed", PERSONAL_NUMBER)
@pytest.mark.parametrize("written", PERSONAL_NUMBER[:-1])
def test_a_personal_number_is_found_in_every_spelling(typed: str, written: str):
    assert finds(typed, f"Ringde om {written} i dag")


@pytest.mark.parametrize("typed", PHONE)
@pytest.mark.parametrize("written", PHONE)
def test_a_phone_number_is_found_in_every_spelling(typed: str, written: str):
    assert finds(typed, f"Säkrast på {written}, efter 17")


@pytest.mark.parametrize(
    "typed", ["K-2026-014", "k-2026-014", "k2026014", "2026-014", "K-2026-14", "k 2026-014"]
)
def test_a_case_code_is_found_in_every_spelling(typed: str):
    assert finds(typed, "K-2026-014")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("198501021234", "19850101-1234"),
        ("070-123 45 68", "070-123 45 67"),
        ("kar", "kär"),
        ("kör", "kor"),
        ("asa", "Åsa"),
        ("anna berg", "Annabell Berg"),
        ("K-2026-015", "K-2026-014"),
    ],
)
def test_what_is_not_the_same_is_not_found(typed: str, text: str):
    assert not finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ÅSA", "åsa Öberg"),
        ("öb", "Åsa ÖBERG"),
        ("åsa öbe", "Åsa Öberg"),
        ("a\u030asa", "Åsa"),
        ("storgatan 12b", "Storgatan 12B, 2 tr"),
        ("e-post", "skicka e-posten"),
        ("198501", "19850101-1234"),
        ("850101-12", "198501011234"),
        ("+46 70 12", "070-123 45 67"),
    ],
)
def test_words_are_found_whatever_their_case_and_as_they_are_begun(typed: str, text: str):
    assert finds(typed, text)


@pytest.mark.parametrize("typed", ["", "   ", '"', "*", "- + ( ) : ^", "\x00\x01", "…", "\ud800"])
def test_where_no_word_is_typed_there_is_no_question(typed: str):
    assert not read_question(typed)


@given(st.text(max_size=600))
@example('a" OR b')
@example("NEAR(a b) AND NOT c*")
@example("words : x")
def test_nothing_typed_is_ever_taken_for_an_operator(typed: str):
    question = read_question(typed)
    if not question:
        return
    expression = question.expression(no_lists)
    outside = "".join(part for number, part in enumerate(expression.split('"')) if number % 2 == 0)
    assert set(outside.split()) <= {"AND", "OR", "*", "(", ")", "((", "))", "*)", "*))", "((("} or set(
        outside
    ) <= set("ANDOR*() ")
    assert expression.count('"') % 2 == 0


@given(st.text(max_size=300), st.text(max_size=40))
def test_a_quoted_text_is_the_text_but_for_its_line_ends(text: str, typed: str):
    text = plain(text)
    parts = parts_of(text, read_question(typed))
    quoted = "".join(part.words for part in parts)
    whole = quoted.removeprefix(CUT).removesuffix(CUT)
    assert whole in text.replace("\n", " ")


def test_the_words_asked_for_are_marked_and_the_text_around_them_is_short():
    text = "Mötet var lugnt. " * 20 + "Då ringde Åsa om åsan. " + "Vi följer upp om en vecka. " * 20
    parts = parts_of(text, read_question("åsa"))
    assert [part.words for part in parts if part.marked] == ["Åsa", "åsan"]
    assert parts[0].words.startswith(CUT)
    assert parts[-1].words.endswith(CUT)
    assert 8 <= sum(len(part.words.split()) for part in parts) <= 24


def test_a_number_in_another_spelling_is_marked_whole():
    parts = parts_of("Hon nås på 070-123 45 67 efter fem.", read_question("+4670123"))
    assert parts == (
        Part("Hon nås på ", False),
        Part("070-123 45 67", True),
        Part(" efter fem.", False),
    )


def test_hidden_words_and_long_numbers_are_covered_with_or_without_an_ending():
    hidden = hidden_words([("Anna Ek", True), ("vid torget i Ale", False)])
    parts = parts_of("Annas mor ringde om Ale, vid 19850101-1234, och Anna.", read_question("anna"))
    shown = "".join(part.words for part in without(parts, hidden))
    assert shown == f"{COVER} mor ringde om {COVER}, vid {COVER}, och {COVER}."
    assert [part.words for part in without(parts, hidden) if part.marked] == [COVER, COVER]


@given(st.lists(st.sampled_from(["Anna", "Ek", "ringde", "om", "850101-1234", "vid", "Ale"]), max_size=12))
def test_nothing_hidden_is_left_whatever_was_asked_for(words: list[str]):
    hidden = hidden_words([("Anna Ek", True), ("Ale", False)])
    for typed in ("anna", "85", "om", "a"):
        shown = "".join(
            part.words for part in without(parts_of(" ".join(words), read_question(typed)), hidden)
        )
        assert not set(words_of(shown)) & {"anna", "ek", "ale", "850101"}


def test_a_word_is_letters_and_digits():
    assert words_of("Åsa-Britt, f. 85 (12B)") == ["åsa", "britt", "f", "85", "12b"]
    assert not words_of(string.punctuation)
