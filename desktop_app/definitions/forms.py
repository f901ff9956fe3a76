"""Reads resources/forms/<form>/vN.toml into form definitions, with each word and each binding checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.definitions.conditions import codes_asked, comparisons, read_condition
from desktop_app.definitions.items import ItemReading, must_have_words, read_item
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.conditions import Condition
from desktop_app.domain.derived import DERIVED_FACTS
from desktop_app.domain.forms import FormDefinition, Item, Section, Width
from desktop_app.domain.guide_facts import CASE_KIND, IS_CHILD
from desktop_app.domain.profile import PROFILE_FACTS
from desktop_app.domain.values import ItemType

READ_ONLY_FACTS = frozenset({"case.code", *PROFILE_FACTS, *DERIVED_FACTS})
RECIPIENTS = "recipients"
AUTHORITIES = "authorities"


@dataclass(frozen=True, slots=True)
class FormReading:
    """What reading a form needs besides tables and words: what a case file may hold."""

    items: ItemReading
    schema: CaseSchema
    derived_rows: tuple[str, ...]


def read_forms(folder: Path, reading: FormReading) -> tuple[FormDefinition, ...]:
    """Return every version of every form below ``folder``, ordered by form id and version."""
    forms = [read_form(path, reading) for path in sorted(folder.glob("*/v*.toml"))]
    return tuple(sorted(forms, key=lambda form: (form.id, form.version)))


def read_form(path: Path, reading: FormReading) -> FormDefinition:
    """Return one form. Raises ``DefinitionFault`` naming file, key and fault."""
    node = read_toml(path)
    slug, version = node.text("slug"), node.number("version")
    if path.parent.name != slug or path.stem != f"v{version}":
        raise node.fault("slug", "folder and file must be named for slug and version")
    text_key = f"forms.{slug}.v{version}"
    sections = tuple(_section(section, text_key, reading) for section in node.children("section"))
    definition = FormDefinition(
        id=node.text("id"),
        slug=slug,
        version=version,
        text_key=text_key,
        sections=sections,
        recipients=_known_recipients(node, reading),
        needs_consent_for=node.maybe_text("needs_consent_for"),
        uses_identity=not node.flag("without_identity"),
        begins_empty=node.flag("begins_empty"),
        discardable=node.flag("discardable"),
        kept_up=node.flag("kept_up"),
        follows=node.maybe_text("follows"),
        guided=node.flag("guided"),
        own_fields=node.flag("own_fields"),
        of_municipality=node.flag("of_municipality"),
        kept_apart=node.flag("kept_apart"),
        offered_when=_offered(node, reading),
    )
    must_have_words(node, f"{text_key}.title", reading.items)
    node.done()
    _each_link_once(node, definition)
    _asked_once(node, definition)
    _conditions_can_hold(node, definition, reading)
    _known_readers(node, definition, reading)
    _others_stay_in_the_file(node, definition, reading)
    if definition.kept_apart and definition.recipients:
        raise node.fault("kept_apart", "what is kept apart is made out to nobody")
    return definition


def _offered(node: Node, reading: FormReading) -> Condition | None:
    """Return for which cases a form is; refuse one that asks what is not known of a case."""
    if not node.has("offered_when"):
        return None
    condition = read_condition(node.child("offered_when"))
    for comparison in comparisons(condition):
        if comparison.key not in (CASE_KIND, IS_CHILD, *reading.schema.facts):
            raise node.fault("offered_when", f"nothing is known under {comparison.key}")
    return condition


def _known_recipients(node: Node, reading: FormReading) -> tuple[str, ...]:
    recipients = node.texts("recipients")
    for recipient in recipients:
        if recipient not in reading.items.tables[RECIPIENTS]:
            raise node.fault("recipients", f"no recipient {recipient}")
    return recipients


def _each_link_once(node: Node, definition: FormDefinition) -> None:
    seen: set[str] = set()
    for item in definition.items():
        if item.link_id in seen:
            raise node.fault(item.link_id, "link id stands twice")
        seen.add(item.link_id)


def _asked_once(node: Node, definition: FormDefinition) -> None:
    """Refuse a page of the guide that names what its section does not have, or what another page asks already."""
    for section in definition.sections:
        left = {item.link_id for item in section.items}
        for link_id in (link_id for page in section.asked for link_id in page):
            if link_id not in left:
                raise node.fault(f"{section.id}.asked", f"no item {link_id}, or it is asked twice")
            left.remove(link_id)


def _conditions_can_hold(node: Node, definition: FormDefinition, reading: FormReading) -> None:
    """Refuse a condition on a question or fact that does not exist, or on a code it never has."""
    items = {item.link_id: item for item in definition.items()}
    parts = [*definition.sections, *items.values()]
    for condition in (part.enable_when for part in parts if part.enable_when is not None):
        for comparison in comparisons(condition):
            asked = items.get(comparison.key) or reading.schema.facts.get(comparison.key)
            if asked is None and comparison.key not in READ_ONLY_FACTS:
                raise node.fault("enable_when", f"no item or fact {comparison.key}")
            for code in codes_asked(comparison) if asked is not None and asked.codes else ():
                if asked is not None and code not in asked.codes:
                    raise node.fault("enable_when", f"{comparison.key} is never {code}")


def _known_readers(node: Node, definition: FormDefinition, reading: FormReading) -> None:
    """Refuse an authority or a recipient that does not exist: consent and secrecy hang on these words."""
    authority = definition.needs_consent_for
    if authority is not None and authority not in reading.items.tables[AUTHORITIES]:
        raise node.fault("needs_consent_for", f"no authority {authority}")
    for item in definition.items():
        for shown_to in (item, *item.columns):
            unknown = shown_to.show_to.difference(definition.recipients)
            if unknown:
                raise node.fault("show_to", f"the form has no recipient {', '.join(sorted(unknown))}")


def _others_stay_in_the_file(node: Node, definition: FormDefinition, reading: FormReading) -> None:
    """Refuse a form that would carry what is known of third parties to a recipient."""
    for item in definition.items() if definition.recipients else ():
        if item.rows_from is not None and reading.schema.registers[item.rows_from].kept_in_file:
            raise node.fault("rows_from", f"register {item.rows_from} is kept in the file")


def _section(node: Node, text_key: str, reading: FormReading) -> Section:
    section_id, stays_open = node.text("id"), node.flag("stays_open")
    must_have_words(node, f"{text_key}.sections.{section_id}.title", reading.items)
    section = Section(
        id=section_id,
        text_key=f"{text_key}.sections.{section_id}",
        items=tuple(
            replace(_item(item, text_key, reading), stays_open=stays_open) for item in node.children("item")
        ),
        enable_when=read_condition(node.child("enable_when")) if node.has("enable_when") else None,
        asked=tuple(tuple(page.split()) for page in node.texts("asked")),
    )
    node.done()
    return section


def _item(node: Node, text_key: str, reading: FormReading) -> Item:
    binds, binds_row = node.maybe_text("binds"), node.maybe_text("binds_row")
    if binds:
        item = _bound(node, binds, text_key, reading)
    elif binds_row:
        item = _bound_row(node, binds_row, text_key, reading)
    else:
        item = _own(node, text_key, reading)
    node.done()
    return item


def _bound(node: Node, binds: str, text_key: str, reading: FormReading) -> Item:
    """Return an item that is a fact of the case: type, table and words come from there unless said here."""
    if binds not in reading.schema.facts:
        raise node.fault("binds", f"no fact {binds}")
    return replace(_shown_as(node, reading.schema.facts[binds], text_key, reading), binds=binds)


def _bound_row(node: Node, binds_row: str, text_key: str, reading: FormReading) -> Item:
    """Return an item that is a column of this response's own row in a register."""
    register, _, column = binds_row.partition(".")
    known = reading.schema.registers.get(register)
    columns = {each.link_id: each for each in known.columns} if known is not None else {}
    if column not in columns or columns[column].read_only or columns[column].fixed_rows:
        raise node.fault("binds_row", f"no column {binds_row} to write in")
    return replace(_shown_as(node, columns[column], text_key, reading), binds_row=binds_row)


def _shown_as(node: Node, fact: Item, text_key: str, reading: FormReading) -> Item:
    link_id = node.text("link_id", fact.link_id)
    own_words = f"{text_key}.items.{link_id}"
    return replace(
        fact,
        link_id=link_id,
        text_key=own_words if reading.items.texts.has(f"{own_words}.label") else fact.text_key,
        required=node.flag("required"),
        off_paper=node.flag("off_paper"),
        kept_in_file=fact.kept_in_file or node.flag("kept_in_file"),
        width=Width(node.one_of("width", tuple(Width), default=fact.width)),
        show_to=frozenset(node.texts("show_to")),
        enable_when=read_condition(node.child("enable_when")) if node.has("enable_when") else None,
    )


def _own(node: Node, text_key: str, reading: FormReading) -> Item:
    item = read_item(node, f"{text_key}.items", reading.items)
    fills_from, rows_from = node.maybe_text("fills_from"), node.maybe_text("rows_from")
    if fills_from is not None and not _can_fill(fills_from, reading.schema):
        raise node.fault("fills_from", f"no fact {fills_from}")
    words = "body" if item.type is ItemType.INFO else "label"
    must_have_words(node, f"{item.text_key}.{words}", reading.items)
    item = replace(item, fills_from=fills_from)
    return _repeat(node, item, rows_from, reading) if item.type is ItemType.REPEAT else item


def _can_fill(key: str, schema: CaseSchema) -> bool:
    return key in schema.facts or key in READ_ONLY_FACTS


def _repeat(node: Node, item: Item, rows_from: str | None, reading: FormReading) -> Item:
    if rows_from is None:
        columns = tuple(_own_column(column, item, reading) for column in node.children("column"))
        return replace(item, columns=columns)
    if rows_from not in reading.schema.registers:
        raise node.fault("rows_from", f"no register {rows_from}")
    register = reading.schema.registers[rows_from]
    wanted = node.texts("columns") or tuple(column.link_id for column in register.columns)
    known = {column.link_id: column for column in register.columns}
    for column in wanted:
        if column not in known:
            raise node.fault("columns", f"register {rows_from} has no column {column}")
    return replace(
        item,
        rows_from=rows_from,
        columns=tuple(known[column] for column in wanted),
        of_row=node.flag("of_row"),
        row_classes=register.row_classes,
        kept_in_file=item.kept_in_file or register.kept_in_file,
        fixed_rows=next((column.fixed_rows for column in register.columns), None),
        written_by_form=register.written_by_form,
        told=_told(node, wanted),
        read_only=item.read_only or rows_from in reading.derived_rows,
    )


def _told(node: Node, columns: tuple[str, ...]) -> tuple[str, ...]:
    told = node.texts("told")
    for column in told:
        if column not in columns:
            raise node.fault("told", f"no column {column}")
    return told


def _own_column(node: Node, parent: Item, reading: FormReading) -> Item:
    column = read_item(node, f"{parent.text_key}.columns", reading.items)
    must_have_words(node, f"{column.text_key}.label", reading.items)
    node.done()
    return column
