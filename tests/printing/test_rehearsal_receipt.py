"""The receipt of a rehearsal, read back."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.printing.rehearsal_receipt import KINDS, Receipt, counts_by_kind, render_rehearsal_receipt
from desktop_app.services.library import load_library
from tests.helpers.clock import SWEDEN
from tests.printing.reading import complaints_of, names_in, text_of

ROWS = {"client_case": 12, "answer": 1830, "answer_row": 92, "audit_event": 7341, "setting": 22}
WHOLE = Receipt(
    outcome="whole",
    at=datetime(2026, 11, 22, 12, 5, tzinfo=SWEDEN),
    number=31,
    made_at=datetime(2026, 11, 20, 16, 2, tzinfo=SWEDEN),
    medium="USB Röd",
    store_mark="4f1c09ab",
    opened_with="recovery_key",
    in_copy=ROWS,
    now=ROWS | {"answer": 1851, "audit_event": 7300},
    log_lines=7341,
    log_whole=True,
)
DAMAGED = replace(WHOLE, outcome="damaged", in_copy={}, now={}, log_lines=0, log_whole=False)


def rendered(receipt: Receipt) -> bytes:
    texts = load_library().texts
    return render_rehearsal_receipt(
        receipt, municipality="Ale kommun", caseworker="B. Bergqvist", texts=texts
    )


def test_it_says_which_copy_when_with_what_and_what_was_found():
    printed = text_of(rendered(WHOLE))
    for words in (
        "Kopian är hel och går att öppna.",
        "2026-11-20 16:02",
        "2026-11-22 12:05",
        "USB Röd",
        "återställningspappret",
        "Ale kommun",
        "B. Bergqvist",
        "4f1c09ab",
        "Ärenden 12 12 0",
        "1 922 1 943 +21",
        "7 341 7 300 –41",
        "Loggens kedja är hel: 7 341 rader",
        "Underskrift",
    ):
        assert words in printed.replace("\N{NO-BREAK SPACE}", " ")


def test_a_damaged_copy_says_so_and_counts_nothing():
    printed = text_of(rendered(DAMAGED))
    assert "Kopian är skadad. Lita inte på den." in printed
    assert "I kopian" not in printed


def test_a_chain_broken_before_the_copy_is_told():
    assert "bruten redan när kopian togs" in text_of(rendered(replace(WHOLE, log_whole=False)))


@pytest.mark.parametrize("receipt", [WHOLE, DAMAGED])
def test_it_is_one_page_and_the_same_bytes_for_the_same_receipt(receipt: Receipt):
    first = rendered(receipt)
    assert first == rendered(receipt)
    assert len(PdfReader(BytesIO(first)).pages) == 1
    assert dict(PdfReader(BytesIO(first)).metadata or {}) == {
        "/Title": "Kvitto på provläsning",
        "/Producer": "Utväg",
    }
    assert "/XObject" not in names_in(first)


def test_a_long_name_of_a_medium_stays_in_its_box():
    printed = text_of(rendered(replace(WHOLE, medium="Det stora röda minnet i kassaskåpet på plan två")))
    assert "kassaskåpet" in printed


def test_every_row_is_counted_under_some_kind():
    assert sum(counts_by_kind(ROWS).values()) == sum(ROWS.values())
    assert {*counts_by_kind({})} == {*KINDS, "other"}


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(tmp_path):
    assert complaints_of(rendered(WHOLE), tmp_path) == ""
