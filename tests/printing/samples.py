"""Forms to print: any definition filled with answers of every type, and a small form of our own with its words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from desktop_app.domain.answers import Answer, AnswerState, Value, answered, as_typed, without_value
from desktop_app.domain.forms import (
    FilledForm,
    FilledItem,
    FilledSection,
    FormDefinition,
    Item,
    PageHead,
    Row,
    Section,
)
from desktop_app.domain.values import ItemType

HEAD = PageHead(
    municipality="Exempelkommun",
    unit="Socialförvaltningen, enheten för vuxna",
    caseworker="Åsa Öberg",
    case_code="K-2026-014",
    registry_number="SN 2026/0417",
    dated="2026-11-22",
    is_draft=False,
)

BLANK_HEAD = replace(HEAD, case_code=None, registry_number=None, dated=None, caseworker="")

_PROSE = (
    "Personen tog själv kontakt och säger sig vilja lämna miljön efter flera års tvekan. "
    "Två tidigare försök avbröts efter påtryckningar."
)


def sample_value(item: Item, turn: int, row_id: str = "") -> Value | None:
    """A likely value for an item; ``turn`` makes neighbours differ."""
    codes = item.codes_for(row_id)[1]
    values: dict[ItemType, Value | None] = {
        ItemType.TEXT: ("Kvarngatan 7", "Åke Sjöö", "Telefon efter kl. 17")[turn % 3],
        ItemType.PARAGRAPH: _PROSE,
        ItemType.DATE: date(2026, 11, 1 + turn % 28),
        ItemType.DATETIME: datetime(2026, 11, 1 + turn % 28, 14, 32),
        ItemType.NUMBER: Decimal(12 + turn),
        ItemType.MONEY: Decimal(1_234_567 if turn % 4 == 0 else 850 * (turn + 1)),
        ItemType.PERSONAL_IDENTITY_NUMBER: "19900101-2384",
    }
    if item.type is ItemType.MULTI_CHOICE:
        return codes[::2] or None
    if item.type in (ItemType.YES_NO, ItemType.CHOICE):
        return codes[turn % len(codes)] if codes else None
    return values.get(item.type)


LONG_WORDS = "Återhämtningsåtgärder för Łukasz Öberg\n"


def longest_value(item: Item, turn: int, row_id: str = "") -> Value | None:
    """The longest value that may be written: every allowed character, the largest number, every code.

    Of the long texts each tenth one is: a form where all are runs to two hundred pages and shows nothing more.
    """
    codes = item.codes_for(row_id)[1]
    if item.type in (ItemType.TEXT, ItemType.PARAGRAPH, ItemType.SIGNATURE):
        most = item.max_length if item.max_length <= 200 or turn % 10 == 3 else 120
        return (LONG_WORDS * (most // len(LONG_WORDS) + 1))[:most].strip()
    if item.type in (ItemType.NUMBER, ItemType.MONEY):
        return Decimal(999_999_999)
    return (codes or None) if item.type is ItemType.MULTI_CHOICE else sample_value(item, turn, row_id)


def sample_answer(item: Item, turn: int, row_id: str = "") -> Answer:
    """A value, and now and then one of the words for having none."""
    value = sample_value(item, turn, row_id)
    if turn % 11 == 7:
        return without_value(AnswerState.UNKNOWN)
    return Answer(AnswerState.AS_TYPED) if value is None else answered(value)


def longest_answer(item: Item, turn: int, row_id: str = "") -> Answer:
    value = longest_value(item, turn, row_id)
    return Answer(AnswerState.AS_TYPED) if value is None else answered(value)


AnswerOf = Callable[[Item, int, str], Answer]


def sample_rows(
    item: Item, row_ids: tuple[str, ...], count: int, answer: AnswerOf = sample_answer
) -> tuple[Row, ...]:
    ids = row_ids or tuple(f"r{number}" for number in range(count))
    return tuple(
        Row(row_id, {c.link_id: answer(c, turn + i, row_id) for i, c in enumerate(item.columns)})
        for turn, row_id in enumerate(ids)
    )


def filled_with_samples(
    definition: FormDefinition,
    head: PageHead = HEAD,
    *,
    row_ids: dict[str, tuple[str, ...]] | None = None,
    rows: int = 3,
    answer: AnswerOf = sample_answer,
) -> FilledForm:
    """The whole form with something in every place: what ``answer`` says."""
    turn = 0
    sections: list[FilledSection] = []
    for section in definition.sections:
        entries: list[FilledItem] = []
        for item in section.items:
            turn += 1
            if item.type is ItemType.REPEAT:
                fixed = (row_ids or {}).get(item.rows_from or "", ())
                entries.append(FilledItem(item, rows=sample_rows(item, fixed, rows, answer)))
            else:
                entries.append(FilledItem(item, answer(item, turn, "")))
        sections.append(FilledSection(section, tuple(entries)))
    recipient = definition.recipients[0] if definition.recipients else None
    return FilledForm(definition=definition, head=head, sections=tuple(sections), recipient=recipient)


class SmallTexts:
    """Words made for one test; what is not listed reads as its own key."""

    def __init__(self, paper: dict[str, str], words: dict[str, str] | None = None) -> None:
        self._words = {**paper, **(words or {})}

    def get(self, key: str, **params: object) -> str:
        text = self._words.get(key)
        if text is None:
            if key.startswith("paper."):
                raise KeyError(key)
            return key.removesuffix(".label").split(".")[-1]
        return text.format_map(params) if params else text

    def has(self, key: str) -> bool:
        return key in self._words


def form_of(*items: Item, title: str = "forms.small", form_id: str = "F99") -> FormDefinition:
    section = Section(id="only", text_key="sections.only", items=items)
    return FormDefinition(id=form_id, slug="small", version=3, text_key=title, sections=(section,))


def item_of(kind: ItemType, link_id: str = "", **more: object) -> Item:
    link_id = link_id or kind.value
    return Item(link_id=link_id, type=kind, text_key=f"items.{link_id}", **more)


def form_of_entries(*entries: FilledItem, head: PageHead = HEAD) -> FilledForm:
    """A form of one section with just these entries."""
    definition = form_of(*(entry.item for entry in entries))
    section = FilledSection(definition.sections[0], entries)
    return FilledForm(definition=definition, head=head, sections=(section,))


def form_with(answers: list[tuple[Item, Answer]], head: PageHead = HEAD) -> FilledForm:
    """A form of these items, each with its answer."""
    return form_of_entries(*(FilledItem(item, answer) for item, answer in answers), head=head)


def form_with_rows(item: Item, rows: tuple[Row, ...], head: PageHead = HEAD) -> FilledForm:
    """A form of one repeat."""
    return form_of_entries(FilledItem(item, rows=rows), head=head)


__all__ = [
    "BLANK_HEAD",
    "HEAD",
    "SmallTexts",
    "as_typed",
    "filled_with_samples",
    "form_of",
    "form_of_entries",
    "form_with",
    "form_with_rows",
    "item_of",
    "longest_answer",
    "sample_value",
]
