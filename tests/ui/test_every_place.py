"""Every page and every dialog: each control has a name (P5.4), and no label takes typed text for markup (P5.2)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Rich
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

import ui.dialogs
from desktop_app.domain.answers import answered
from desktop_app.domain.documents import About, CaseDocument, MediaType
from desktop_app.domain.errors import DiskFull
from desktop_app.domain.forms import Address
from desktop_app.services import backups, recovery, settings
from desktop_app.services.answers_from_pdf import FoundAnswer, FoundAnswers
from desktop_app.services.backups import Medium
from desktop_app.services.forms import FormView, open_form
from desktop_app.services.recovery import Holder
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.figures import tell
from tests.helpers.practice import recovery_sheet
from tests.services.test_hostile_text import FORMS, type_everywhere
from tests.ui.conftest import Stage
from tests.ui.test_reach import controls
from ui.dialogs.add_documents import AddDocumentsDialog, Incoming
from ui.dialogs.ask_lines import Ask, AskedLine, AskLines
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.calendar_out import CalendarOutDialog
from ui.dialogs.check_paper import CheckCardsDialog, CheckPaperDialog, CheckSheetDialog
from ui.dialogs.choose_files import FilesDialog
from ui.dialogs.choose_place import PlaceDialog
from ui.dialogs.document_about import DocumentAboutDialog
from ui.dialogs.kept_print import KeptPrint
from ui.dialogs.medium import MediumDialog
from ui.dialogs.meeting_outcomes import MeetingOutcomesDialog
from ui.dialogs.meeting_package import MeetingPackageDialog
from ui.dialogs.message import ErrorDialog
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.note_holder import NoteHolderDialog
from ui.dialogs.plan_meeting import PlanMeetingDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.read_answers import ReadAnswersDialog
from ui.dialogs.receipt import ReceiptDialog
from ui.dialogs.rehearse import RehearseDialog
from ui.dialogs.save_copy import SaveCopy
from ui.dialogs.shortcuts import ShortcutsDialog
from ui.dialogs.take_call import TakeCallDialog
from ui.dialogs.withdraw_cards import WithdrawCardsDialog
from ui.dialogs.words_once import WordsOnce
from ui.presenters.case_presenter import Line
from ui.windows import frame

MARKUP = "<b>FET</b><img src='x'>"


@dataclass(frozen=True)
class Fetched:
    """What dialogs show of the store, fetched on the thread that owns it."""

    medium: Medium
    holder: Holder | None
    view: FormView

    @classmethod
    def of(cls, session: Session, case_id: str) -> Fetched:
        """Fetch it."""
        view = open_form(session, case_id, "F01")
        return cls(backups.media(session)[0], recovery.keys_view(session).sheet, view)


PAST = backups.PastRehearsal(
    rehearsal_id="1",
    at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    sequence=1,
    medium_name=MARKUP,
    opened_with="passphrase",
    outcome=backups.RehearsalOutcome.WHOLE,
    file_name="kvitto.pdf",
)
DOCUMENT = CaseDocument(
    document_id="1",
    case_id="none",
    number=1,
    about=About(title=MARKUP, sender=MARKUP),
    media_type=MediaType.PDF,
    size_bytes=1,
    sha256="0" * 64,
    added_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
)
ASK = Ask("own", MARKUP, MARKUP, MARKUP, (AskedLine("words", MARKUP, MARKUP, MARKUP),))
FOUND = FoundAnswers(
    rows=(
        FoundAnswer(
            address=Address("sender"),
            label_key="forms.referral.v1.items.sender.label",
            answer=answered(MARKUP),
            found_words=MARKUP,
            case_words=MARKUP,
            differs=True,
            readable=True,
        ),
    ),
    revision=1,
    was_blank=True,
    left=1,
)
Open = Callable[[Stage, Fetched], QDialog]

#: How each dialog is opened. One that is not here fails a test below.
DIALOGS: dict[type[QDialog], Open] = {
    AddDocumentsDialog: lambda stage, _: AddDocumentsDialog(
        stage.desk, "none", [Incoming(MARKUP, Path(__file__).parent)], lambda _kept: None, stage.window
    ),
    DocumentAboutDialog: lambda stage, _: DocumentAboutDialog(
        stage.desk, DOCUMENT, lambda _about: None, stage.window
    ),
    FilesDialog: lambda stage, _: FilesDialog(stage.desk, lambda _paths: None, stage.window),
    AskLines: lambda stage, _: AskLines(stage.desk, ASK, lambda _dialog: None, stage.window),
    BlankFormsDialog: lambda stage, _: BlankFormsDialog(stage.desk, stage.window),
    CalendarOutDialog: lambda stage, _: CalendarOutDialog(stage.desk, stage.window),
    CheckSheetDialog: lambda stage, _: CheckSheetDialog(stage.desk, stage.window),
    CheckCardsDialog: lambda stage, _: CheckCardsDialog(stage.desk, stage.window),
    PlaceDialog: lambda stage, _: PlaceDialog(stage.desk, None, lambda _path: None, stage.window),
    KeptPrint: lambda stage, _: KeptPrint(stage.desk, Line("none", MARKUP, MARKUP), stage.window),
    MediumDialog: lambda stage, got: MediumDialog(stage.desk, got.medium, stage.window),
    MeetingOutcomesDialog: lambda stage, _: MeetingOutcomesDialog(
        stage.desk, "none", "none", lambda _taken: None, stage.window
    ),
    MeetingPackageDialog: lambda stage, _: MeetingPackageDialog(
        stage.desk, "none", "none", lambda: None, stage.window
    ),
    PlanMeetingDialog: lambda stage, _: PlanMeetingDialog(
        stage.desk, "none", lambda _meeting: None, None, stage.window
    ),
    ErrorDialog: lambda stage, _: ErrorDialog(stage.desk, DiskFull(place="E:"), stage.window),
    NewCaseDialog: lambda stage, _: NewCaseDialog(stage.desk, lambda *_: None, stage.window),
    NoteHolderDialog: lambda stage, got: NoteHolderDialog(stage.desk, "sheet", 0, got.holder, stage.window),
    PrintPreview: lambda stage, got: PrintPreview(stage.desk, got.view, stage.window),
    ReadAnswersDialog: lambda stage, _: ReadAnswersDialog(
        stage.desk, FOUND, lambda _addresses, _keep: None, parent=stage.window
    ),
    ReceiptDialog: lambda stage, _: ReceiptDialog(stage.desk, PAST, recovery_sheet(), stage.window),
    RehearseDialog: lambda stage, _: RehearseDialog(stage.desk, (), None, stage.window),
    ShortcutsDialog: lambda stage, _: ShortcutsDialog(stage.desk, tuple(frame.PAGES), stage.window),
    SaveCopy: lambda stage, _: SaveCopy(stage.desk.texts, "F01.pdf", lambda _path: None, stage.window),
    TakeCallDialog: lambda stage, _: TakeCallDialog(stage.desk, lambda *_: None, stage.window),
    WordsOnce: lambda stage, _: WordsOnce(stage.desk, "F01.pdf", MARKUP, stage.window),
    WithdrawCardsDialog: lambda stage, _: WithdrawCardsDialog(stage.desk, stage.window),
}
#: Bases of others, and those shown by the ones above.
SHOWN_BY_OTHERS = {CheckPaperDialog.__name__, "RehearsalResult"}
PAGES = (
    *frame.PAGES,
    *frame.BEHIND_SETTINGS,
    *frame.BEHIND_DEADLINES,
    *frame.BEHIND_BACKUPS,
    *frame.BEHIND_CASES,
)


def plant(session: Session, folder: Path) -> str:
    """Put markup into everything that can be typed; return the id of a case where all forms are full of it."""
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    for form_id in FORMS:
        type_everywhere(session, case_id, form_id, MARKUP)
    settings.save_profile(session, replace(settings.profile(session), caseworker=MARKUP, unit=MARKUP))
    recovery.note_holder(session, "sheet", 0, MARKUP, MARKUP, None)
    (folder / "minne").mkdir()
    backups.add_medium(session, MARKUP, folder / "minne")
    return case_id


@pytest.fixture
def planted(practice: Stage, tmp_path: Path) -> tuple[Stage, str]:
    """The practice store, full of markup, and the case that is."""
    made: list[str] = []
    practice.desk.run(practice.window, plant, tmp_path, done=made.append)
    practice.work()
    return practice, made[0]


def styled(root: QWidget) -> list[str]:
    """The labels and tips below a widget that would take what was typed for markup."""
    found = [
        label.text()
        for label in (root, *root.findChildren(QLabel))
        if isinstance(label, QLabel)
        and MARKUP in label.text()
        and label.textFormat() != Qt.TextFormat.PlainText
    ]
    tips = [each.toolTip() for each in root.findChildren(QWidget) if MARKUP in each.toolTip()]
    return found + [tip for tip in tips if Rich.mightBeRichText(tip)]


def shows_markup(root: QWidget) -> int:
    """How many labels show what was planted."""
    return sum(MARKUP in label.text() for label in root.findChildren(QLabel))


def places(stage: Stage, case_id: str) -> Iterator[tuple[str, QWidget]]:
    """Go to every page in turn, and to every step of a case."""
    for name in PAGES:
        yield name, stage.page(name)
    for form_id in FORMS:
        yield form_id, stage.page("case", case_id=case_id, form_id=form_id)


def nameless(root: QWidget) -> list[str]:
    """The kinds of controls that a screen reader could not tell."""
    return [type(each).__name__ for each in controls(root) if not each.accessibleName()]


def test_no_page_takes_typed_text_for_markup_and_every_control_is_named(planted: tuple[Stage, str]) -> None:
    stage, case_id = planted
    shown = count = 0
    for name, _page in places(stage, case_id):
        stage.work()
        assert styled(stage.frame) == [], name
        assert nameless(stage.frame) == [], name
        shown += shows_markup(stage.frame)
        count += len(list(controls(stage.frame)))
    assert shown > 5, "what was planted is read on the pages"
    tell("P5.4", f"{count} controls on {len(PAGES) + len(FORMS)} pages, 0 without a name")


def test_no_dialog_takes_typed_text_for_markup_and_every_control_is_named(planted: tuple[Stage, str]) -> None:
    stage, case_id = planted
    fetched: list[Fetched] = []
    stage.desk.run(stage.window, Fetched.of, case_id, done=fetched.append)
    stage.work()
    count = 0
    for kind, make in DIALOGS.items():
        dialog = make(stage, fetched[0])
        dialog.open()
        stage.work()
        assert styled(dialog) == [], kind
        assert nameless(dialog) == [], kind
        assert list(controls(dialog)), kind
        count += len(list(controls(dialog)))
        dialog.close()
        stage.work()
    tell("P5.4", f"{count} controls in {len(DIALOGS)} dialogs, 0 without a name")


def test_no_dialog_is_forgotten() -> None:
    classes = {
        member.__name__
        for module in pkgutil.iter_modules(ui.dialogs.__path__)
        for _name, member in inspect.getmembers(
            importlib.import_module(f"ui.dialogs.{module.name}"), inspect.isclass
        )
        if issubclass(member, QDialog) and member.__module__.startswith("ui.dialogs.")
    }
    assert classes - {kind.__name__ for kind in DIALOGS} == SHOWN_BY_OTHERS


def test_the_walk_sees_a_label_that_guesses(app: QApplication) -> None:
    root = QWidget()
    guessing, tipped = QLabel(f"x {MARKUP}", root), QLabel("y", root)
    tipped.setToolTip(MARKUP)
    assert len(styled(root)) == 2
    guessing.setTextFormat(Qt.TextFormat.PlainText)
    tipped.setToolTip("")
    assert styled(root) == []
    root.deleteLater()
