"""The recovery sheet, read back."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.printing.recovery_sheet import render_recovery_sheet
from desktop_app.services.library import load_library
from tests.printing.reading import complaints_of, names_in, text_of

GROUPS = ("7K2M", "Q8ZD", "0B5S", "XW9H", "1JMV", "R6TE", "GPNY", "3CA4")


@pytest.fixture
def texts():
    """The program's own words: the paper names the window's buttons."""
    return load_library().texts


@pytest.fixture
def sheet(texts) -> bytes:
    return render_recovery_sheet(
        GROUPS,
        "W0ME",
        municipality="Upplands-Bro",
        made_on=date(2026, 11, 22),
        store_mark="7F3A",
        texts=texts,
    )


def test_it_is_one_page_with_every_group_under_its_number(sheet):
    printed = text_of(sheet)
    assert len(PdfReader(BytesIO(sheet)).pages) == 1
    for number, group in enumerate(GROUPS, start=1):
        assert f"{number} {group}" in printed
    assert "Kontroll W0ME" in printed


def test_it_says_where_from_and_when(sheet):
    printed = text_of(sheet)
    for words in ("Upplands-Bro", "2026-11-22", "7F3A", "Återställningsnyckeln"):
        assert words in printed


def test_a_stranger_reads_the_words_that_stand_on_the_buttons(sheet, texts):
    printed = text_of(sheet)
    for key in ("unlock.ways.sheet", "first_run.welcome.restore_title", "first_run.restore.restore"):
        assert f"”{texts.get(f'window.{key}')}”" in printed
    for words in ("När datorn är borta", ".sakb", "högst nummer", "Säger Utväg nej"):
        assert words in printed


def test_the_same_key_gives_the_same_sheet(sheet, texts):
    again = render_recovery_sheet(
        GROUPS,
        "W0ME",
        municipality="Upplands-Bro",
        made_on=date(2026, 11, 22),
        store_mark="7F3A",
        texts=texts,
    )
    assert again == sheet


def test_the_key_stands_in_no_metadata(sheet):
    assert dict(PdfReader(BytesIO(sheet)).metadata or {}) == {
        "/Title": "Återställningspapper",
        "/Producer": "Utväg",
    }
    assert "/XObject" not in names_in(sheet)


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(sheet, tmp_path):
    assert complaints_of(sheet, tmp_path) == ""
