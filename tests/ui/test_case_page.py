"""The case page on a real store: what is typed is saved, stands on the paper, and is never lost."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop_app.domain.answers import AnswerState, answered
from desktop_app.domain.forms import Address, ResponseStatus
from desktop_app.domain.values import ItemType
from desktop_app.services import cases, forms, printing
from desktop_app.services.library import load_library
from tests.helpers.desk_work import intake
from tests.helpers.desks import Scene
from tests.helpers.figures import LONG
from ui.forms.field import Field
from ui.pages.case_page import CasePage

FORMS = [form.id for form in load_library().forms]
SCREEN = (1190, 660)
"""What a 1366×768 screen leaves of the page when the frame has taken its part."""


@pytest.fixture
def room(house: Scene) -> Iterator[Scene]:
    house.faults.clear()
    yield house.with_new_case()
    house.work()
    assert house.faults == []


@pytest.fixture
def opened(room: Scene, qtbot) -> Iterator[Callable[[str], CasePage]]:
    pages: list[CasePage] = []

    def open_page(form_id: str) -> CasePage:
        page = CasePage(room.desk, room.case_id, form_id)
        pages.append(page)
        page.resize(*SCREEN)
        page.show()
        page.activateWindow()
        settle(room, page)
        return page

    yield open_page
    for page in pages:
        page.hide()
        page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(room: Scene, page: CasePage) -> None:
    """Let the page finish: saved, laid out, paper drawn."""
    page.flush()
    room.work()
    page._paper_timer.stop()
    page._draw_paper()
    room.work()
    QTest.qWait(1)


def field(page: CasePage, link_id: str) -> Field:
    found = page.form.view._blocks[link_id]
    assert isinstance(found, Field)
    return found


def type_in(page: CasePage, link_id: str, text: str) -> None:
    editor = field(page, link_id).editor
    editor.take_focus()
    for letter in text:  # QTest.keyClicks gives up on å, ä and ö
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(editor.stops()[0], key)


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_what_is_typed_is_saved_after_a_rest_and_stands_on_the_paper(room, opened, qtbot):
    page = opened("F01")
    type_in(page, "own_words", "Lämna allt")
    qtbot.waitUntil(lambda: room.desk.jobs.idle and page.is_settled, timeout=3_000)
    stored = room.call(forms.open_form, room.case_id, "F01")
    assert page.form.presenter.view.revision == stored.revision > 0
    settle(room, page)
    assert "Lämna allt" in page._side.paper.view.pages.text()
    assert "Lämna allt" in words_of(room.call(printing.preview, room.case_id, "F01"))


def test_the_first_field_has_the_focus(room, opened):
    page = opened("F01")
    assert page.form.view.focused == Address(next(iter(page.form.view._blocks)))


def test_tab_walks_in_reading_order_and_leaves_a_paragraph(room, opened):
    page = opened("F02")
    paragraph = field(page, "purpose").editor
    paragraph.take_focus()
    QTest.keyClick(paragraph.stops()[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not paragraph.stops()[0]
    assert paragraph.text() == ""


def test_a_date_that_cannot_be_read_stays_with_its_reason_beside_it(room, opened):
    page = opened("F01")
    first = field(page, "first_contact_at")
    type_in(page, "first_contact_at", "i går kväll")
    assert not first.fault.isVisible(), "nobody is corrected in the middle of a word"
    field(page, "caller").editor.take_focus()
    settle(room, page)
    assert first.fault.isVisible()
    assert first.editor.text() == "i går kväll"
    assert room.call(forms.open_form, room.case_id, "F01").filled is not None
    assert page.form.presenter.answer(Address("first_contact_at")).typed == "i går kväll"


def test_a_quiet_choice_shows_in_words_and_typing_takes_it_back(room, opened):
    page = opened("F01")
    page.form.presenter.set_state(Address("caller"), AnswerState.DECLINED)
    caller = field(page, "caller")
    assert caller.editor.line.placeholderText() == room.desk.text("answers.states.declined")
    type_in(page, "caller", "Hen")
    settle(room, page)
    assert page.form.presenter.answer(Address("caller")) == answered("Hen")


def test_items_that_come_with_an_answer_do_not_take_the_caret(room, opened):
    page = opened("F07")
    presenter = page.form.presenter
    presenter.edited(Address("environment"), "honour")
    editor = field(page, "environment").editor
    editor.take_focus()
    here = QApplication.focusWidget()
    settle(room, page)
    assert "honour_role" in page.form.view._blocks
    assert QApplication.focusWidget() is here


def test_a_row_is_added_filled_removed_and_brought_back(room, opened):
    room.call(intake, room.case_id)  # the person is not protected: where they get help may be read
    page = opened("F12")
    presenter = page.form.presenter
    presenter.add_row("cost_lines")
    settle(room, page)
    row_id = presenter.rows("cost_lines")[0].id
    presenter.edited(Address("cost_lines", row_id, "provider"), "Stödbolaget")
    settle(room, page)
    table = page.form.view.repeat("cost_lines")
    assert "Stödbolaget" in table.cards[row_id].line.accessibleName()
    presenter.remove_row("cost_lines", row_id)
    settle(room, page)
    assert table.cards == {}
    assert table.notice.isVisible()
    table.notice.undo.emit(row_id)
    settle(room, page)
    assert "Stödbolaget" in table.cards[row_id].line.accessibleName()


def test_fixed_rows_are_named_and_cannot_be_added(room, opened):
    table = opened("F07").form.view.repeat("criteria")
    assert not table._add.isVisible()
    assert all(card.line.parts["name"].text() for card in table.cards.values())


def test_gaps_are_listed_and_lead_to_their_fields(room, opened):
    page = opened("F01")
    page.form.presenter.finish()
    settle(room, page)
    assert page.form._notice.isVisible()
    assert not page.form.presenter.is_finished


def test_leaving_a_step_saves_it(room, opened):
    page = opened("F01")
    type_in(page, "caller", "Frivården")
    page.open_form("F02")
    room.work()
    view = room.call(forms.open_form, room.case_id, "F01")
    answers = {entry.item.link_id: entry.answer for entry in view.filled.items()}
    assert answers["caller"] == answered("Frivården")


def test_a_lock_in_the_middle_of_a_word_loses_nothing_and_leads_back(room, opened):
    page = opened("F01")
    type_in(page, "own_words", "Jag orka")
    place = page.place()
    page.flush()
    room.desk.jobs.drain()
    assert page.is_settled
    page.hide()
    again = opened("F02")
    again.restore_place(place)
    settle(room, again)
    assert again.form.form_id == "F01"
    assert field(again, "own_words").editor.text() == "Jag orka"
    assert again.form.view.focused == Address("own_words")


def test_a_finished_form_is_read_only_until_it_is_begun_anew(room, opened):
    page = opened("F01")
    presenter = page.form.presenter
    fill_up(page)
    settle(room, page)
    assert presenter.gaps == (), [gap.address for gap in presenter.gaps]
    presenter.finish()
    settle(room, page)
    assert presenter.view.status is ResponseStatus.FINISHED
    assert field(page, "caller").editor.line.isReadOnly()
    assert page.form.anew_button.isVisible()
    assert not page.form.finish_button.isVisible()
    presenter.begin_anew()
    settle(room, page)
    assert not field(page, "caller").editor.line.isReadOnly()


def test_the_name_is_shown_only_when_asked_for_and_is_logged(room, opened):
    page = opened("F01")
    page.form.presenter.edited(Address("name"), "Alva Exempel")
    settle(room, page)
    texts = [label.text() for label in page._head.findChildren(QLabel)]
    assert not any("Alva" in text for text in texts if "Alva" not in page._head._title.text())
    page._head.reveal.click()
    room.work()
    assert page._head.name_shown == room.call(cases.reveal_name, room.case_id)


def test_the_findings_stand_beside_the_criteria(room, opened):
    page = opened("F07")
    words = page._side.findings.words()
    assert room.desk.text("form_page.findings.points") in words
    assert room.desk.text("form_page.findings.you_decide") in words


def test_a_narrow_window_shows_form_or_paper(room, opened):
    page = opened("F01")
    page.resize(900, 640)
    QTest.qWait(1)
    assert not page._side.isVisible()
    assert page.form.paper_button.isVisible()
    page.form.paper_button.click()
    assert page._side.isVisible()
    assert not page._middle.isVisible()
    page._side.hidden_asked.emit()
    assert page._middle.isVisible()


def test_the_paper_and_the_form_lead_to_each_other(room, opened):
    page = opened("F12")
    paper = page._side.paper
    place = next(each for each in paper._places if each.address == Address("goal") and each.page > 1)
    paper._lead(place.page - 1, QPointF(place.x + 2, place.top + 2))
    QTest.qWait(1)
    assert page.form.view.focused == Address("goal")
    assert paper.view._marked is not None
    assert paper.view.current_page() == place.page - 1


def test_what_is_marked_on_the_paper_stands_on_the_form_in_view(room, opened):
    page = opened("F12")
    paper = page._side.paper
    paper.follow(Address("goal"))
    before = paper.view._marked
    assert before is not None
    page.open_form("F11b")
    settle(room, page)
    on_paper = [(each.page - 1, each.x, each.top) for each in paper._places]
    now = paper.view._marked
    assert now is None or (now[0], now[1].x(), now[1].y()) in on_paper
    assert (before[0], before[1].x(), before[1].y()) not in on_paper, (
        "the control: it stood on the other form"
    )


@pytest.mark.parametrize(
    ("form_id", "full"),
    [
        *((form_id, True) for form_id in FORMS),
        *((form_id, False) for form_id in (FORMS if LONG else FORMS[:3])),
    ],
)
def test_every_form_stands_whole_on_a_small_screen(room, opened, form_id: str, full: bool):
    page = opened(form_id)
    if full:
        fill_up(page)
        settle(room, page)
        for table in [b for b in page.form.view._blocks.values() if b.item.type is ItemType.REPEAT]:
            if table.cards and not table.item.read_only:
                next(iter(table.cards.values())).open()
    QTest.qWait(1)
    view = page.form.view
    assert view.widget().width() <= view.viewport().width(), "nothing reaches past the right edge"
    for block in view._blocks.values():
        assert block.geometry().right() < block.parentWidget().width(), "no border is cut"
        assert_whole(block)
    assert nameless(page) == []


def fill_up(page: CasePage) -> None:
    """Give every question an answer that can be read, a row in every table."""
    presenter = page.form.presenter
    for entry in list(presenter.view.filled.items()):
        item = entry.item
        if item.type is ItemType.REPEAT:
            if item.takes_rows and not item.read_only:
                presenter.add_row(item.link_id)
                page._desk.jobs.drain()
            for row in presenter.rows(item.link_id) if not item.read_only else ():
                for column in item.columns:
                    give(page, Address(item.link_id, row.id, column.link_id))
        elif not item.read_only:
            give(page, Address(item.link_id))
    presenter.flush()
    page._desk.jobs.drain()


def give(page: CasePage, address: Address) -> None:
    item = page.form.presenter.item_at(address)
    if item.read_only:
        return
    _table, codes = item.codes_for(address.row_id or None)
    text = {
        ItemType.TEXT: "Ett ganska långt svar, Åsa Öberg",
        ItemType.PARAGRAPH: "Flera rader.\n" * 12,
        ItemType.DATE: "2026-11-20",
        ItemType.DATETIME: "2026-11-22 09:00",
        ItemType.NUMBER: "31",
        ItemType.MONEY: "1 234 567,50",
        ItemType.PERSONAL_IDENTITY_NUMBER: "19121212-1212",
    }.get(item.type, codes[-1] if codes else "")
    if text:
        page.form.presenter.edited(address, text[: item.max_length])


def assert_whole(block: QWidget) -> None:
    """Every visible word and field inside a block lies inside it, and a label has the height its words need."""
    for part in block.findChildren(QWidget):
        if not part.isVisible() or isinstance(
            part.parentWidget(), (QAbstractScrollArea, QComboBox, QLineEdit)
        ):
            continue
        if isinstance(part, (QLabel, QLineEdit, QAbstractButton, QComboBox, QPlainTextEdit)):
            corner = part.mapTo(block, QPoint(0, 0))
            assert corner.x() >= 0, part
            assert corner.x() + part.width() <= block.width() + 1, (block, part, part.accessibleName())
        if isinstance(part, QLabel) and part.wordWrap():
            assert part.height() >= part.heightForWidth(part.width()) - 1, part.text()


def nameless(page: QWidget) -> list[str]:
    """Controls a screen reader would have no name for."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    return [
        f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
        for part in page.findChildren(QWidget)
        if isinstance(part, kinds) and part.isVisible() and not (part.accessibleName() or text_of(part))
    ]


def text_of(part: QWidget) -> str:
    return part.text() if isinstance(part, QAbstractButton) else ""
