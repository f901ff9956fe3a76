"""Puts a form, a response and a case file together, and takes away what a recipient may not see.

What is withheld is gone from the result, so that it cannot reach a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, Value, answered
from desktop_app.domain.case_file import CaseFile, CaseSchema
from desktop_app.domain.forms import (
    OF_ROW,
    Address,
    FilledForm,
    FilledItem,
    FilledSection,
    FormDefinition,
    FormResponse,
    Gap,
    Item,
    PageHead,
    ResponseStatus,
    Row,
    Section,
    Sensitivity,
    row_about,
)
from desktop_app.domain.hidden_names import covered
from desktop_app.domain.values import ItemType

WITHHELD = "withheld"
"""Stands in the place of an answer that is handed over apart from the form (the key sheet)."""

NOT_FOR_READER = "not_for_reader"
"""Stands in the place of an answer that whoever the form goes to is not to have."""

UNSEEN = "unseen"
"""Stands in the place of an answer that will stand on the paper, in a preview that somebody else might see."""

NOT_ASKED_FOR = (ItemType.INFO, ItemType.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a print may carry: to whom it goes (``None`` = the case file), and the classes of data it is without.

    ``unseen`` is what a preview leaves out although the print carries it, ``names`` the words (in small letters) that
    it covers in what is written freely.
    """

    recipient: str | None = None
    withheld: frozenset[Sensitivity] = frozenset()
    unseen: frozenset[Sensitivity] = frozenset()
    names: frozenset[str] = frozenset()
    on_paper: bool = False


ON_SCREEN = Disclosure()

FINDS_SOMEBODY = frozenset({Sensitivity.IDENTITY, Sensitivity.PLACE})
"""Who somebody is and where: kept from every paper while the person is, or may be, protected."""


def fill(
    definition: FormDefinition,
    response: FormResponse,
    case_file: CaseFile,
    head: PageHead,
    disclosure: Disclosure = ON_SCREEN,
) -> FilledForm:
    """Return the form with its answers: a finished response as it was frozen, a draft with the case as it stands."""
    is_frozen = response.status is ResponseStatus.FINISHED
    source = _Source(response, case_file, definition.by_link, is_frozen)
    sections = tuple(
        FilledSection(section, items)
        for section in definition.sections
        if _enabled(section, source) and (items := _filled_items(section, source, disclosure))
    )
    return FilledForm(definition=definition, head=head, sections=sections, recipient=disclosure.recipient)


def blank(definition: FormDefinition, schema: CaseSchema, head: PageHead) -> FilledForm:
    """Return the form with nothing filled in but its fixed rows: for pen and paper."""
    return FilledForm(
        definition=definition,
        head=head,
        sections=tuple(
            FilledSection(
                section,
                tuple(
                    FilledItem(_without_off_paper(item), rows=_fixed_rows(item, schema))
                    for item in section.items
                    if not (item.off_blank or item.off_paper)
                ),
            )
            for section in definition.sections
        ),
    )


def frozen(filled: FilledForm, response: FormResponse) -> FormResponse:
    """Return the response with every shown answer copied in, so that later changes in the case do not reach it."""
    answers = {
        entry.item.link_id: entry.answer
        for entry in filled.items()
        if entry.item.type is not ItemType.REPEAT
        and not (entry.item.stays_open and (entry.item.binds or entry.item.binds_row))
    }
    rows = {
        entry.item.link_id: entry.rows
        for entry in filled.items()
        if entry.item.type is ItemType.REPEAT and not (entry.item.stays_open and entry.item.rows_from)
    }
    return replace(
        response, answers=answers, rows=rows, status=ResponseStatus.FINISHED, revision=response.revision + 1
    )


def gaps(filled: FilledForm) -> tuple[Gap, ...]:
    """Return what stands between a form and being finished, in reading order."""
    found: list[Gap] = []
    for section in filled.sections:
        for entry in section.items:
            item = entry.item
            if item.type is ItemType.REPEAT:
                found += _row_gaps(entry)
            elif _unreadable(entry.answer):
                found.append(Gap(Address(item.link_id), item.text_key, unreadable=True))
            elif item.required and not entry.answer.is_given:
                found.append(Gap(Address(item.link_id), item.text_key))
    return tuple(found)


def _row_gaps(entry: FilledItem) -> Iterator[Gap]:
    if entry.item.required and not entry.rows:
        yield Gap(Address(entry.item.link_id), entry.item.text_key)
    for row in entry.rows:
        for column in entry.item.columns:
            address = Address(entry.item.link_id, row.id, column.link_id)
            if _unreadable(row.cell(column.link_id)):
                yield Gap(address, column.text_key, unreadable=True)
            elif column.required and not row.cell(column.link_id).is_given:
                yield Gap(address, column.text_key)


def _unreadable(answer: Answer) -> bool:
    return answer.state is AnswerState.AS_TYPED and bool(answer.typed)


@dataclass(frozen=True, slots=True)
class _Source:
    response: FormResponse
    case_file: CaseFile
    asked: Mapping[str, Item]
    is_frozen: bool

    def answer(self, item: Item) -> tuple[Answer, bool]:
        own = self.response.answers.get(item.link_id, EMPTY)
        if self.is_frozen and not item.stays_open:
            return own, bool(item.binds or item.binds_row)
        if item.binds is not None:
            return self.case_file.fact(item.binds), True
        if item.binds_row is not None and (place := item.row_address(self.response.id)) is not None:
            return self.case_file.row(place.link_id, place.row_id).cell(place.column), True
        if item.fills_from is not None and (own is EMPTY or own == EMPTY):
            return self.case_file.fact(item.fills_from), True
        return own, False

    def rows(self, item: Item) -> tuple[Row, ...]:
        if item.rows_from is None or (self.is_frozen and not item.stays_open):
            return self.response.rows.get(item.link_id, ())
        rows = self.case_file.rows(item.rows_from)
        if not item.of_row:
            return rows
        about = f"{row_about(self.response.id)}{OF_ROW}"
        return tuple(row for row in rows if row.id.startswith(about))

    def was_shown(self, item: Item) -> bool:
        """Tell whether a finished form showed an item: only then was its answer copied in."""
        return (
            item.stays_open
            or item.link_id in self.response.answers
            or bool(self.response.rows.get(item.link_id))
        )

    def value(self, key: str) -> Value | None:
        item = self.asked.get(key)
        return self.case_file.value(key) if item is None else self.answer(item)[0].value


def _enabled(part: Section | Item, source: _Source) -> bool:
    if part.enable_when is None:
        return True
    if source.is_frozen:
        # Conditions may look at the case, which has moved on since; what stays open goes by what it says today.
        items = part.items if isinstance(part, Section) else (part,)
        if all(item.stays_open for item in items):
            return part.enable_when.holds(source.value)
        return any(source.was_shown(item) for item in items)
    return part.enable_when.holds(source.value)


def _column_enabled(column: Item, item: Item, source: _Source) -> bool:
    if column.enable_when is None:
        return True
    if source.is_frozen:
        return any(row.cell(column.link_id).is_given for row in source.rows(item))
    return column.enable_when.holds(source.value)


def _filled_items(section: Section, source: _Source, disclosure: Disclosure) -> tuple[FilledItem, ...]:
    return tuple(
        [
            _filled(item, source, disclosure)
            for item in section.items
            if (item.enable_when is None or _enabled(item, source))
            and (disclosure is ON_SCREEN or _may_show(item, disclosure))
        ]
    )


def _filled(item: Item, source: _Source, disclosure: Disclosure) -> FilledItem:
    if item.type is ItemType.REPEAT:
        columns = tuple(
            column
            for column in item.columns
            if _may_show(column, disclosure) and _column_enabled(column, item, source)
        )
        rows = tuple(
            _said_once(row, item, _shown_row(row, _columns_in(item, row, columns), disclosure))
            for row in source.rows(item)
            if disclosure.recipient is None or not item.keeps_back(row)
        )
        shown = item if len(columns) == len(item.columns) else replace(item, columns=columns)
        return FilledItem(shown, rows=rows, from_case=item.rows_from is not None)
    answer, from_case = source.answer(item)
    shown = answer if disclosure is ON_SCREEN else _shown(answer, item, disclosure)
    return FilledItem(item, shown, (), from_case)


def _columns_in(item: Item, row: Row, columns: tuple[Item, ...]) -> tuple[Item, ...]:
    if item.row_classes is None:
        return columns
    return tuple(item.column_in(row, column) for column in columns)


def _said_once(row: Row, item: Item, shown: Row) -> Row:
    """Let a row that is withheld as a whole say so once: which of its cells had something is not told either."""
    if item.row_classes is None:
        return shown
    aside = [name for name, cell in shown.cells.items() if cell.value in (WITHHELD, NOT_FOR_READER)]
    if len(aside) <= 1:
        return shown
    long = [column.link_id for column in item.columns if column.type is ItemType.PARAGRAPH]
    said = next((name for name in long if name in aside), aside[0])
    return Row(row.id, {n: EMPTY if n in aside and n != said else cell for n, cell in shown.cells.items()})


def _shown_row(row: Row, columns: Iterable[Item], disclosure: Disclosure) -> Row:
    return Row(row.id, {c.link_id: _shown(row.cell(c.link_id), c, disclosure, row.id) for c in columns})


def _shown(answer: Answer, item: Item, disclosure: Disclosure, row_id: str | None = None) -> Answer:
    if disclosure is ON_SCREEN:
        return answer  # it hides nothing, and is what every form is first read with
    sensitivity = item.sensitivity_at(row_id)
    if not (answer.is_given or answer.typed):
        return answer
    if sensitivity in disclosure.withheld:
        return answered(WITHHELD if sensitivity in FINDS_SOMEBODY else NOT_FOR_READER)
    if sensitivity in disclosure.unseen:
        return answered(UNSEEN)
    is_free = item.type in (ItemType.TEXT, ItemType.PARAGRAPH)
    return _without_names(answer, disclosure.names) if is_free and disclosure.names else answer


def _without_names(answer: Answer, names: frozenset[str]) -> Answer:
    value = covered(answer.value, names) if isinstance(answer.value, str) else answer.value
    return replace(answer, value=value, typed=covered(answer.typed, names))


def _without_off_paper(item: Item) -> Item:
    """Return an item without the columns that stand on the screen alone."""
    kept = tuple(column for column in item.columns if not column.off_paper)
    return item if kept == item.columns else replace(item, columns=kept)


def _may_show(item: Item, disclosure: Disclosure) -> bool:
    if disclosure.on_paper and item.off_paper:
        return False
    if disclosure.recipient is None:
        return True
    return not item.kept_in_file and (not item.show_to or disclosure.recipient in item.show_to)


def _fixed_rows(item: Item, schema: CaseSchema) -> tuple[Row, ...]:
    register = schema.registers.get(item.rows_from or "")
    return tuple(Row(code) for code in register.fixed_rows) if register else ()
