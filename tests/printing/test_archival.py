"""Every print is PDF/A-2a and PDF/UA-1 by veraPDF's engine, and other programs open it without a word."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import answered
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.filling import WITHHELD, blank
from desktop_app.domain.forms import FilledForm, FormDefinition
from desktop_app.domain.protection import Protection
from desktop_app.paths import RESOURCES
from desktop_app.printing.fillable import lay_out_fillable
from desktop_app.printing.form_print import render_form
from desktop_app.printing.marks_on_copies import marked
from desktop_app.printing.package_print import lay_out_package
from desktop_app.printing.recovery_cards import render_recovery_card
from desktop_app.printing.recovery_sheet import render_recovery_sheet
from desktop_app.printing.rehearsal_receipt import Receipt, render_rehearsal_receipt
from tests.helpers.clock import SWEDEN
from tests.helpers.figures import tell
from tests.printing.samples import BLANK_HEAD, HEAD, filled_with_samples, longest_answer
from tests.printing.vera.engine import NEEDS, running_engine

pytestmark = pytest.mark.needs(*NEEDS, "pdftotext", "pdfinfo", "qpdf")

DEFINITIONS = read_definitions(RESOURCES)
TEXTS = DEFINITIONS.texts
FIXED_ROWS = {register.id: register.fixed_rows for register in DEFINITIONS.schema.registers.values()}
FIRST_ROWS = {name: rows[:2] for name, rows in FIXED_ROWS.items()}
"""Of tables with fixed rows: enough where each cell is as full as it can be."""

ALL_WARNINGS = replace(
    HEAD, is_draft=True, is_practice=True, consent_warning=True, protection=Protection.PROTECTED_REGISTRATION
)

Make = Callable[[], bytes]


def form_print(filled: Callable[[], FilledForm]) -> bytes:
    return render_form(filled(), TEXTS)


def all_withheld(form: FormDefinition) -> FilledForm:
    full = filled_with_samples(form, ALL_WARNINGS, row_ids=FIXED_ROWS)
    sections = tuple(
        replace(section, items=tuple(replace(entry, answer=answered(WITHHELD)) for entry in section.items))
        for section in full.sections
    )
    return replace(full, sections=sections)


def form_prints() -> dict[str, Make]:
    """Every form blank, typical, with the longest values, and to be filled in on a computer."""
    made: dict[str, Make] = {}
    for form in DEFINITIONS.forms:
        name = f"{form.id}-v{form.version}"
        empty = partial(blank, form, DEFINITIONS.schema, BLANK_HEAD)
        typical = partial(filled_with_samples, form, HEAD, row_ids=FIXED_ROWS)
        longest = partial(filled_with_samples, form, HEAD, row_ids=FIRST_ROWS, rows=2, answer=longest_answer)
        made |= {
            f"{name} blank": partial(form_print, empty),
            f"{name} typical": partial(form_print, typical),
            f"{name} longest": partial(form_print, longest),
            f"{name} fillable": lambda empty=empty: lay_out_fillable(empty(), TEXTS).pdf,
        }
        if sections := answer_sections(form):
            made[f"{name} answer open"] = lambda typical=typical, sections=sections: answer_open(
                typical(), sections
            )
    return made


def answer_open(filled: FilledForm, sections: frozenset[str]) -> bytes:
    return lay_out_fillable(filled, TEXTS, "9f2c", sections).pdf


def form_called(form_id: str) -> FormDefinition:
    return next(form for form in DEFINITIONS.forms if form.id == form_id)


def typical(form_id: str) -> FilledForm:
    return filled_with_samples(form_called(form_id), HEAD, row_ids=FIXED_ROWS)


def package_print() -> bytes:
    cover = filled_with_samples(
        next(form for form in DEFINITIONS.forms if form.slug == "meeting_package"), HEAD, rows=3
    )
    return lay_out_package(cover, [typical(each) for each in ("F05", "F04", "F06")], TEXTS).pdf


def sheet_print() -> bytes:
    groups = ("7K2M", "Q8ZD", "0B5S", "XW9H", "1JMV", "R6TE", "GPNY", "3CA4")
    made_on = date(2026, 11, 22)
    return render_recovery_sheet(
        groups, "W0ME", municipality="Ale", made_on=made_on, store_mark="7F3A", texts=TEXTS
    )


def card_print() -> bytes:
    words = tuple(f"ord{n}" for n in range(10)) * 2
    made_on = date(2026, 11, 22)
    return render_recovery_card(
        words, number=2, municipality="Ale", made_on=made_on, store_mark="7F3A", texts=TEXTS
    )


def receipt_print() -> bytes:
    rows = {"client_case": 12, "answer": 1830, "audit_event": 7341}
    at = datetime(2026, 11, 22, 12, 5, tzinfo=SWEDEN)
    receipt = Receipt(
        outcome="whole",
        at=at,
        number=31,
        made_at=at,
        medium="USB Röd",
        store_mark="4f1c09ab",
        opened_with="recovery_key",
        in_copy=rows,
        now=rows,
        log_lines=7341,
        log_whole=True,
    )
    return render_rehearsal_receipt(receipt, municipality="Ale", caseworker="B. Bergqvist", texts=TEXTS)


PRINTS: dict[str, Make] = {
    **form_prints(),
    "recovery sheet": sheet_print,
    "recovery card": card_print,
    "receipt of a rehearsal": receipt_print,
    "all warnings, nothing told": lambda: render_form(all_withheld(form_called("F03")), TEXTS),
    "package of a meeting": package_print,
    "reprint": lambda: marked(render_form(typical("F03"), TEXTS), "KOPIA"),
    "reprint with fields": lambda: marked(
        answer_open(typical("F04"), answer_sections(form_called("F04"))), "KOPIA"
    ),
}


def raw_page() -> bytes:
    """A control: what ReportLab draws by itself."""
    out = BytesIO()
    page = Canvas(out)
    page.drawString(100, 700, "hej")
    page.save()
    return out.getvalue()


def without_one_tag() -> bytes:
    """A control: a sound print, where one piece of marked content has lost its tag."""
    with pikepdf.open(BytesIO(sheet_print())) as pdf:
        page = pdf.pages[0]
        found = pikepdf.parse_content_stream(page)
        first = next(i for i, (_, op) in enumerate(found) if str(op) == "BDC")
        depth = 0
        for last in range(first, len(found)):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(found[last][1]), 0)
            if depth == 0:
                break
        kept = [each for i, each in enumerate(found) if i not in (first, last)]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


CONTROLS: dict[str, Make] = {"raw page": raw_page, "one tag gone": without_one_tag}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """Where each print comes to lie."""
    folder = tmp_path_factory.mktemp("prints")
    return {name: folder / f"{number}.pdf" for number, name in enumerate((*PRINTS, *CONTROLS))}


@pytest.fixture(scope="module")
def failures(files) -> dict[str, tuple[str, ...]]:
    """What veraPDF has against each print and each control; it reads while the next one is drawn."""
    with running_engine() as engine:
        for name, make in (PRINTS | CONTROLS).items():
            files[name].write_bytes(make())
            engine.ask(files[name])
        answers = engine.answers()
    return {name: answers[path] for name, path in files.items()}


def said_by(*command: object) -> str:
    """Everything a program says to a file beyond what it was asked for, and its exit code when that is not 0."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return done.stderr + (f"exit code {done.returncode}" if done.returncode else "")


@pytest.mark.parametrize("name", PRINTS)
def test_the_engine_finds_no_fault(failures, name):
    assert failures[name] == ()


@pytest.mark.parametrize("name", CONTROLS)
def test_the_engine_finds_the_fault_of_a_control(failures, name):
    assert any(failure.startswith("ua1 7.1-3") for failure in failures[name])


@pytest.mark.parametrize("name", PRINTS)
def test_poppler_and_qpdf_open_it_without_a_word(failures, files, name):
    for command in (
        ("pdftotext", files[name], "-"),
        ("pdfinfo", files[name]),
        ("qpdf", "--check", files[name]),
    ):
        assert said_by(*command) == "", command[0]


def test_poppler_and_qpdf_tell_of_a_cut_file(files, failures, tmp_path):
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(files["recovery sheet"].read_bytes()[:-400])
    assert said_by("pdftotext", cut, "-") != ""
    assert said_by("qpdf", "--check", cut) != ""


def test_every_print_is_counted(failures):
    clean = [name for name in PRINTS if not failures[name]]
    tell(
        "P6.1", f"{len(clean)} of {len(PRINTS)} prints are PDF/A-2a and PDF/UA-1 by veraPDF; 2 controls fail"
    )
    assert len(clean) == len(PRINTS)
