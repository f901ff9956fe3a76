"""Walks everything that is shown: the words of widgets, of their models and of the papers they draw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop_app.domain.changes import Kind
from desktop_app.domain.documents import About
from desktop_app.services import deadlines, documents, forms, journal
from desktop_app.services.session import Session
from tests.helpers.desk_work import typed, typed_row
from tests.services.test_hostile_text import FORMS
from tests.ui.conftest import Stage
from ui.pages.case_page import CasePage
from ui.pages.case_things import THINGS
from ui.widgets.pdf_view import PdfView
from ui.widgets.protection_mark import ProtectionMark
from ui.windows import frame

NAME, NUMBER, ALIAS, CALLER = "Zebedeus Quist", "19970516-2387", "Xylofonen", "Yngvild Wrede"
TIE = "Östen Ärlebrand"
NAMES = ("Zebedeus", "Quist", "970516", "Xylofonen", "Yngvild", "Wrede", "Östen", "Ärlebrand")
PLACES = ("Kvistavägen", "070-740", "Bortmora", "Hemligby")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def plant(session: Session, case_id: str, protection: str) -> str:
    """Write names and places into everything of a case that tells who or where somebody is; return the case."""
    answers = {
        "name": NAME,
        "identity_number": NUMBER,
        "alias": ALIAS,
        "caller": CALLER,
        "secure_contact": "070-740 06 11",
        "safe_times": "efter Hemligby",
        "home_municipality": "Bortmora",
        "whereabouts": "Kvistavägen 7",
    }
    if protection:
        answers["protected_identity"] = protection
    typed(session, case_id, "F01", **answers)
    typed(session, case_id, "F03", wanted_place="Kvistavägen 9")
    typed_row(
        session,
        case_id,
        "F25",
        "ties",
        name=TIE,
        role="partner",
        phone="070-740 06 21",
        address="Kvistavägen 8",
    )
    typed_row(
        session, case_id, "F41", "meetings", meeting_type="first", place="Hemligby", starts="2026-11-20 10:00"
    )
    typed_row(session, case_id, "F12", "cost_lines", cost_type="K01", provider="Hemligby boende")
    typed(session, case_id, "F04", threat_places="Hemligby")
    typed_row(session, case_id, "F46", "threats", level="high", places_to_avoid="Bortmora")
    typed(session, case_id, "F07", network_name="Grannarna", rival_networks="Grannarnas grannar")
    forms.open_form(session, case_id, "F07")
    return case_id


def plant_in_words(session: Session, case_id: str) -> None:
    """Write names where a person writes freely: answers, a signed note and a draft, a deadline, a document."""
    typed(session, case_id, "F01", own_words=f"{NAME} vill bort", next_step=f"Ring {TIE}s syster")
    content = journal.NoteContent(
        kind="fact",
        source="person",
        source_detail="Quists bror",
        event_typed="2026-11-21",
        body=f"Träffade {NAME} och {TIE}. Sade att 19970516-2387 stämmer.",
    )
    note = journal.write_draft(
        session, case_id, journal.Draft(note_id="ord", revision=0, content=content)
    ).note
    journal.sign(session, case_id, note.id, note.revision)
    begun = journal.NoteContent(source_detail="Quists bror", body=f"Ring {NAME}")
    journal.write_draft(session, case_id, journal.Draft(note_id="utkast", revision=0, content=begun))
    made = deadlines.add_own(session, case_id, "Ring Zebedeus", date(2026, 11, 22))
    assert made.touches(Kind.DEADLINE)
    about = About(title="Brev om Zebedeus", sender="Yngvild Wrede")
    documents.add(session, case_id, b"Hej", about)


def shown_words(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every word a person, a pointer or a screen reader can get at below a widget that is seen."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        for said in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
            yield type(widget).__name__, said
        yield type(widget).__name__, _text_of(widget)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from ((type(widget).__name__, words) for words in _model_words(widget))
        if isinstance(widget, PdfView) and widget.pages is not None and not widget.is_covered:
            yield "PdfView", widget.pages.text()


def leaks(root: QWidget, needles: tuple[str, ...]) -> set[tuple[str, str]]:
    """The needles that can be read below a widget, each with the kind of widget."""
    return {
        (kind, needle)
        for kind, words in shown_words(root)
        for needle in needles
        if needle.casefold() in words.casefold() or needle in words.replace("-", "")
    }


def marks(root: QWidget) -> list[str]:
    """The marks of protection that are seen below a widget."""
    return [mark.words for mark in root.findChildren(ProtectionMark) if mark.isVisible() and mark.words]


def places_of_case(stage: Stage, case_id: str) -> Iterator[str]:
    """Go to every step and every thing of a case."""
    for form_id in FORMS:
        stage.page("case", case_id=case_id, form_id=form_id)
        draw_paper(stage)
        yield form_id
    for thing in THINGS:
        stage.page("case", case_id=case_id, thing=thing)
        stage.work()
        yield thing


def every_place(stage: Stage, case_id: str) -> Iterator[str]:
    """Go to every page of the window, and everywhere in a case."""
    for name in (*frame.PAGES, *frame.BEHIND_SETTINGS, *frame.BEHIND_BACKUPS, *frame.BEHIND_CASES):
        stage.page(name)
        yield name
    yield from places_of_case(stage, case_id)


def draw_paper(stage: Stage) -> None:
    """Draw the paper beside the form now instead of soon."""
    page = stage.frame.page
    assert isinstance(page, CasePage)
    page._paper_timer.stop()
    page._draw_paper()
    stage.work()
    QApplication.processEvents()


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return f"{widget.text()} {widget.placeholderText()}"
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return " ".join(widget.itemText(place) for place in range(widget.count()))
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _model_words(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(view, QListView) else model.columnCount()):
            index = model.index(row, column)
            for role in ROLES:
                yield str(index.data(role) or "")
