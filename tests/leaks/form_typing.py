"""Types into every field of a form at the window, as a person would: by keys, or by choosing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from desktop_app.domain.forms import Address
from tests.helpers.person import Person, keys
from ui.forms.field import Field
from ui.forms.repeat import RepeatBlock
from ui.pages.case_page import CasePage

MOST_ROUNDS = 4
"""Answers bring new questions into view; so many times the form is gone through."""

Say = Callable[[str], str]
"""What to type at a question, by its link id."""


def fill_in(person: Person, page: CasePage, say: Say, chosen: dict[str, str]) -> int:
    """Answer every question that can be answered; return how many fields were typed or chosen in."""
    assert page.form is not None
    done: set[Address] = set()
    for _round in range(MOST_ROUNDS):
        before = len(done)
        for link_id in list(page.form.view._blocks):
            block = page.form.view._blocks.get(link_id)
            if isinstance(block, RepeatBlock):
                _fill_row(person, page, block, say, chosen, done)
            elif isinstance(block, Field) and Address(link_id) not in done:
                _answer(page, block, say, chosen, done)
        page.flush()
        person.rest()
        if len(done) == before:
            break
    return len(done)


def _fill_row(
    person: Person, page: CasePage, block: RepeatBlock, say: Say, chosen: dict[str, str], done: set[Address]
) -> None:
    if not block.cards and block._add.isVisibleTo(block):
        block._add.click()
        person.rest()
    card = next(iter(block.cards.values()), None)
    if card is None or card.is_fixed_text:
        return
    card.open()
    for inner in list(card.blocks):
        if isinstance(inner, Field) and inner.address not in done:
            _answer(page, inner, say, chosen, done)
    page.flush()
    person.rest()


def _answer(page: CasePage, block: Field, say: Say, chosen: dict[str, str], done: set[Address]) -> None:
    name = block.address.column or block.address.link_id
    if block.item.read_only or page.form is None or page.form.presenter.is_locked(block.item):
        return
    done.add(block.address)
    type_into(block, chosen.get(name) or say(name))


def type_into(block: Field, text: str) -> None:
    """Type a text into a field, or choose the code it is (the first one when it is none)."""
    editor = block.editor
    buttons = getattr(editor, "buttons", None) or getattr(editor, "boxes", None)
    target = editor.stops()[0]
    if buttons:
        (buttons.get(text) or next(iter(buttons.values()))).click()
    elif isinstance(target, QComboBox):
        index = target.findData(text)
        target.setCurrentIndex(index if index >= 0 else target.count() - 1)
        target.activated.emit(target.currentIndex())
    elif isinstance(target, QLineEdit | QPlainTextEdit):
        keys(target, text)
