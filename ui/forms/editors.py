"""The registry: one row per item type, how it looks on screen. The paper has its own, ``printing/items.py``."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.domain.forms import Address, Item
from desktop_app.domain.values import ItemType
from ui.forms.boxes import InfoBlock, SignatureBlock
from ui.forms.choice_editors import CheckListEditor, choice_editor
from ui.forms.context import Block, FormContext
from ui.forms.date_editors import DateEditor, DateTimeEditor
from ui.forms.editor import Editor, Question
from ui.forms.field import Field
from ui.forms.repeat import RepeatBlock
from ui.forms.text_editors import (
    IdentityEditor,
    LineEditor,
    MoneyEditor,
    NumberEditor,
    ParagraphEditor,
    ReadingEditor,
)

BlockBuilder = Callable[[FormContext, Address, Item, QWidget], Block]


def _field(make: Callable[[Question, QWidget], Editor]) -> BlockBuilder:
    def build(context: FormContext, address: Address, item: Item, parent: QWidget) -> Block:
        return Field(context, address, item, ReadingEditor if item.read_only else make, parent)

    return build


EDITORS: dict[ItemType, BlockBuilder] = {
    ItemType.TEXT: _field(LineEditor),
    ItemType.PARAGRAPH: _field(ParagraphEditor),
    ItemType.YES_NO: _field(choice_editor),
    ItemType.CHOICE: _field(choice_editor),
    ItemType.MULTI_CHOICE: _field(CheckListEditor),
    ItemType.DATE: _field(DateEditor),
    ItemType.DATETIME: _field(DateTimeEditor),
    ItemType.NUMBER: _field(NumberEditor),
    ItemType.MONEY: _field(MoneyEditor),
    ItemType.PERSONAL_IDENTITY_NUMBER: _field(IdentityEditor),
    ItemType.REPEAT: RepeatBlock,
    ItemType.INFO: InfoBlock,
    ItemType.SIGNATURE: SignatureBlock,
}


def build_block(context: FormContext, address: Address, item: Item, parent: QWidget) -> Block:
    """Return the block for an item (or for a cell of a table, which is a field like any other)."""
    return EDITORS[item.type](context, address, item, parent)
