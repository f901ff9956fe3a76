"""A form as declared, a response as filled in, and the two put together for screen and paper.

Words follow FHIR's Questionnaire: form, section, item, response, answer. A released definition is never edited;
a response keeps form id and version, so that an old form opens and prints with its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.answers import EMPTY, Answer
from desktop_app.domain.conditions import Condition
from desktop_app.domain.errors import FormFinished
from desktop_app.domain.protection import Protection
from desktop_app.domain.values import ItemType

OF_ROW = "."
"""Stands in an id between the row of a register and what belongs to it: another response, or a row of its own."""


class Width(StrEnum):
    """How much of a row an item takes, on screen and on paper."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"


class Sensitivity(StrEnum):
    """What kind of harm an answer could do in the wrong hands (decides what a recipient, and a screen, is shown).

    Identity tells who somebody is, place where they can be found or reached. The others are told apart for what is
    given out; on the screen they are shown as ordinary.
    """

    ORDINARY = "ordinary"
    IDENTITY = "identity"
    PLACE = "place"
    THIRD_PARTY = "third_party"
    POLICE = "police"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class RowClasses:
    """How the rows of a register differ in what they could harm: by the code in the column ``by``.

    A row that says yes in the column ``kept``, where there is one, never leaves the file.
    """

    by: str
    kept: str
    classes: Mapping[str, Sensitivity]


def row_about(response_id: str) -> str:
    """Return the row of a register that a response is about: its own, or the one its id begins with."""
    return response_id.partition(OF_ROW)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, or one column of a repeating table.

    ``text_key`` + ``.label`` / ``.help`` / ``.why`` / ``.example`` are its words. ``binds`` names a fact of the
    case that this item shows and changes; ``fills_from`` one that it shows until it has an answer of its own.
    ``rows_from`` names the register whose rows a repeat shows; without it the rows belong to the response.
    ``binds_row`` names register and column (``threats.level``) of the row that belongs to this very response: a form
    that asks for one row of a register at a time.
    ``table_by_row`` gives another code table for single rows of a register with fixed rows. ``show_to`` lists
    the recipients that may see the item; empty means all. ``told`` names the columns that the closed line of a row
    tells (empty = the first that have an answer), ``warns_at`` the code of a column at which the line also warns, in
    the words under ``.warning``. ``stays_open`` marks what others answer after the form is finished (the police, the
    receiver): it is neither frozen nor asked for before.
    """

    link_id: str
    type: ItemType
    text_key: str
    table: str | None = None
    codes: tuple[str, ...] = ()
    required: bool = False
    width: Width = Width.FULL
    max_length: int = 4_000
    binds: str | None = None
    fills_from: str | None = None
    rows_from: str | None = None
    binds_row: str | None = None
    columns: tuple[Item, ...] = ()
    table_by_row: Mapping[str, tuple[str, tuple[str, ...]]] = field(
        default_factory=dict[str, tuple[str, tuple[str, ...]]]
    )
    fixed_rows: str | None = None
    written_by_form: bool = False
    as_records: bool = False
    """On paper each row is a small form of its own; rows that nobody has touched are left out of a filled one."""
    off_blank: bool = False
    """Not asked on paper for pen: it hangs on an answer that most forms do not have."""
    off_paper: bool = False
    """Shown on the screen alone: it gathers what stands elsewhere on the paper, or is noted for oneself."""
    read_only: bool = False
    sums: bool = False
    told: tuple[str, ...] = ()
    warns_at: str = ""
    blank_rows: int = 4
    enable_when: Condition | None = None
    show_to: frozenset[str] = frozenset()
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    sensitivity_by_row: Mapping[str, Sensitivity] = field(default_factory=dict[str, Sensitivity])
    """Another class for single rows of a register with fixed rows: what is said of health among needs."""
    stays_open: bool = False

    def sensitivity_at(self, row_id: str | None) -> Sensitivity:
        """Return the class of an answer in a row (or of the item itself)."""
        return self.sensitivity_by_row.get(row_id or "", self.sensitivity)

    of_row: bool = False
    """Of the register's rows only those that belong to the row this response is about (the points of one meeting)."""
    kept_in_file: bool = False
    """Never on a print that is made out to somebody."""
    row_classes: RowClasses | None = None

    def row_address(self, response_id: str) -> Address | None:
        """Return where in the case an item with ``binds_row`` stands for a response; ``None`` for any other item."""
        if self.binds_row is None:
            return None
        register, _, column = self.binds_row.partition(".")
        return Address(register, row_about(response_id), column)

    @property
    def takes_rows(self) -> bool:
        """Tell whether a person adds and removes the rows of a repeat: neither fixed rows nor those a form writes."""
        return self.fixed_rows is None and not self.written_by_form

    def keeps_back(self, row: Row) -> bool:
        """Tell whether a row never leaves the file."""
        return self.row_classes is not None and row.cell(self.row_classes.kept).value == "yes"

    def column_in(self, row: Row, column: Item) -> Item:
        """Return a column as sensitive as the row it stands in."""
        about = self.row_classes
        if about is None or column.link_id == about.by:
            return column
        found = about.classes.get(str(row.cell(about.by).value))
        return column if found is None else replace(column, sensitivity=found)

    def codes_for(self, row_id: str | None) -> tuple[str | None, tuple[str, ...]]:
        """Return the code table's name and codes for a row (or for the item itself)."""
        return self.table_by_row.get(row_id or "", (self.table, self.codes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of items. ``asked`` names by link id what the guide asks on one page; the rest it pages itself."""

    id: str
    text_key: str
    items: tuple[Item, ...]
    enable_when: Condition | None = None
    asked: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """One version of one form. ``id`` is the trade's number (F03), ``slug`` its name in files and keys.

    ``recipients`` are the codes of those it may be made out to, the usual one first; empty when it stays in the
    case file. ``needs_consent_for`` is the authority whose consent is looked for: without it the form
    says so before it goes out. One that is ``kept_up`` follows the case all along: it is never finished, and its prints
    are no drafts.
    """

    id: str
    slug: str
    version: int
    text_key: str
    sections: tuple[Section, ...]
    recipients: tuple[str, ...] = ()
    needs_consent_for: str | None = None
    uses_identity: bool = True
    guided: bool = False
    own_fields: bool = False
    """The municipality may say which of its fields it has, and in which order."""
    """It is asked one question at a time until somebody wants it whole."""
    begins_empty: bool = False
    """Each response tells of an event of its own (a withdrawal, a disclosure): a new one takes nothing over."""
    discardable: bool = False
    """A draft may be thrown away: what it says stands in no register until it is finished."""
    kept_up: bool = False
    follows: str | None = None
    """The form whose row of a register this one goes on with (the minutes with the agenda's meeting)."""
    of_municipality: bool = False
    """It is about the unit's own work and belongs to no case."""
    kept_apart: bool = False
    """It names the person although the data are protected, and is kept apart from all other prints: in no package."""
    offered_when: Condition | None = None
    """For which cases the guide leads to it (``guide_facts``); without it for all."""
    by_link: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    """Every item by its link id: looked up for each answer that is read, shown and saved."""
    repeats: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    """The items whose answers are rows."""
    registers: frozenset[str] = field(init=False, repr=False, compare=False)
    """The registers of the case file that it shows rows of."""
    tables: frozenset[str] = field(init=False, repr=False, compare=False)
    """The tables its own questions choose from."""

    def __post_init__(self) -> None:
        """List the items."""
        object.__setattr__(self, "by_link", {item.link_id: item for item in self.items()})
        object.__setattr__(self, "repeats", tuple(item for item in self.items() if item.columns))
        shown = frozenset(item.rows_from for item in self.items() if item.rows_from)
        object.__setattr__(self, "registers", shown)
        object.__setattr__(self, "tables", frozenset(item.table for item in self.items() if item.table))

    def items(self) -> Iterator[Item]:
        """Yield every item in reading order (not the columns of repeats)."""
        for section in self.sections:
            yield from section.items

    def item(self, link_id: str) -> Item:
        """Return the item with this link id; ``KeyError`` when the form has none."""
        return self.by_link[link_id]


class Address(NamedTuple):
    """Where an answer stands: an item, or a column of a row of a repeating item."""

    link_id: str
    row_id: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat or a register. ``id`` is an opaque id, or the code of a fixed row."""

    id: str
    cells: Mapping[str, Answer] = field(default_factory=dict[str, Answer])

    def cell(self, column: str) -> Answer:
        """Return the answer in a column, ``EMPTY`` when there is none."""
        return self.cells.get(column, EMPTY)

    def with_cell(self, column: str, answer: Answer) -> Row:
        """Return the row with one cell changed."""
        return Row(self.id, {**self.cells, column: answer})


class ResponseStatus(StrEnum):
    """A draft prints with UTKAST; a finished response is frozen."""

    DRAFT = "draft"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormResponse:
    """What has been answered on one form of one case. ``revision`` counts saves, from 0."""

    id: str
    case_id: str
    form_id: str
    form_version: int
    status: ResponseStatus = ResponseStatus.DRAFT
    revision: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict[str, tuple[Row, ...]])
    finished_at: datetime | None = None

    def must_be_open(self) -> None:
        """Raise ``FormFinished`` for a frozen response."""
        if self.status is ResponseStatus.FINISHED:
            raise FormFinished


@dataclass(frozen=True, slots=True)
class FilledItem:
    """An item with its answer, or its rows when it repeats. ``from_case`` tells that the case supplied it."""

    item: Item
    answer: Answer = EMPTY
    rows: tuple[Row, ...] = ()
    from_case: bool = False


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section with the items that are to be shown."""

    section: Section
    items: tuple[FilledItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What stands on every page. ``None`` in ``case_code`` and ``dated`` leaves a line to write on."""

    municipality: str
    unit: str
    caseworker: str
    case_code: str | None
    registry_number: str | None
    dated: str | None
    is_draft: bool
    protection: Protection = Protection.NONE
    consent_warning: bool = False
    """True when the print goes to someone the person has given no valid consent for."""
    is_practice: bool = False
    """True in a practice store: every page then says that the people on it are made up."""
    mark: str = ""
    """Words at the head of every page, such as which numbered copy this is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """All that screen and paper need. Content a recipient may not see is already gone from here."""

    definition: FormDefinition
    head: PageHead
    sections: tuple[FilledSection, ...]
    recipient: str | None = None

    def items(self) -> Iterator[FilledItem]:
        """Yield the filled items in reading order."""
        for section in self.sections:
            yield from section.items


@dataclass(frozen=True, slots=True)
class Gap:
    """A required answer that is missing, or one that could not be read."""

    address: Address
    text_key: str
    unreadable: bool = False
