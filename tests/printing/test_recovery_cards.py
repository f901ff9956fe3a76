"""A recovery card, read back."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.printing.recovery_cards import render_recovery_card
from desktop_app.services.library import load_library
from desktop_app.storage.card_shares import split_secret
from desktop_app.storage.unlock_secrets import CardSecret
from tests.printing.reading import complaints_of, names_in, text_of

CARDS = split_secret(CardSecret(bytes(range(16))))


@pytest.fixture(params=[1, 2, 3])
def number(request) -> int:
    return request.param


@pytest.fixture
def card(number: int) -> bytes:
    return render_recovery_card(
        CARDS[number - 1].words,
        number=number,
        municipality="Upplands-Bro",
        made_on=date(2026, 11, 22),
        store_mark="7F3A",
        texts=load_library().texts,
    )


def test_it_is_one_page_with_every_word_under_its_number(card: bytes, number: int):
    printed = " ".join(text_of(card).split())
    assert len(PdfReader(BytesIO(card)).pages) == 1
    for place, word in enumerate(CARDS[number - 1].words, start=1):
        assert f"{place} {word}" in printed


def test_it_says_what_it_is_who_may_have_it_and_what_to_do(card: bytes, number: int):
    printed = text_of(card)
    for words in (f"Återställningskort {number} av 3", "2026-11-22", "7F3A", "registratorn", "Lås upp med"):
        assert words in printed


def test_it_tells_nothing_of_the_other_cards_or_of_the_cases(card: bytes, number: int):
    printed = set(text_of(card).split())
    others = {word for share in CARDS if share.number != number for word in share.words[4:]}
    assert not printed & (others - set(CARDS[number - 1].words))
    assert not printed & {"avhoppare", "hot", "socialtjänst"}


def test_the_words_stand_in_no_metadata(card: bytes, number: int):
    title = f"Återställningskort {number} av 3"
    assert dict(PdfReader(BytesIO(card)).metadata or {}) == {"/Title": title, "/Producer": "Utväg"}
    assert "/XObject" not in names_in(card)


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(card: bytes, tmp_path):
    assert complaints_of(card, tmp_path) == ""
