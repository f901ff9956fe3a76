"""What the golden prints are made of: each form blank, full and overflowing, and full for each reader who sees less."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from desktop_app.domain.answers import Answer, Value, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.filling import Disclosure, blank, fill
from desktop_app.domain.forms import FilledForm, FormDefinition, FormResponse, Item, ResponseStatus, Row
from desktop_app.domain.recipient_profiles import CLASSES
from desktop_app.domain.values import ItemType
from desktop_app.services.library import Library
from tests.helpers.clock import NOON
from tests.printing.samples import BLANK_HEAD, HEAD, sample_answer, sample_value

LONG_ROWS = 9
_LONG = (
    "Personen beskriver utförligt hur kontakten togs, vad som sades och vilka som var med, och vill att det skrivs "
    "ned i sin helhet eftersom det kan få betydelse längre fram. "
)
_TEXT = "Överförmyndarexpeditionens handläggningsenhet, västra distriktet "
_LONGEST_PARAGRAPH, _LONGEST_TEXT = 1_400, 160

Sample = Callable[[Item, int, str], Answer]


@dataclass(frozen=True)
class GoldenForm:
    """One print: its name among the goldens (``F04.full.bops``) and what stands on it."""

    name: str
    filled: FilledForm


def golden_forms(library: Library) -> Iterator[GoldenForm]:
    """Yield every print there is a golden of, form by form."""
    for definition in library.forms:
        yield GoldenForm(f"{definition.id}.blank", blank(definition, library.schema, BLANK_HEAD))
        yield from _full(library, definition)
        long = _filled(library, definition, long_answer, LONG_ROWS, _usual(definition))
        yield GoldenForm(f"{definition.id}.overflowing", replace(long, head=replace(HEAD, is_draft=True)))


def _full(library: Library, definition: FormDefinition) -> Iterator[GoldenForm]:
    """Yield the full form for its usual reader, then for each of the others who is shown something else."""
    seen: list[object] = []
    for recipient in definition.recipients or (None,):
        filled = _filled(library, definition, sample_answer, 3, recipient)
        if filled.sections not in seen:
            seen.append(filled.sections)
            end = "" if recipient in (None, _usual(definition)) else f".{recipient}"
            yield GoldenForm(f"{definition.id}.full{end}", filled)


def _usual(definition: FormDefinition) -> str | None:
    return definition.recipients[0] if definition.recipients else None


def _filled(
    library: Library, definition: FormDefinition, sample: Sample, rows: int, recipient: str | None
) -> FilledForm:
    """Return a finished form in which every question has an answer, as it is handed to a recipient."""
    case = Case(id="golden", code=str(HEAD.case_code), opened_at=NOON)
    facts = {key: sample(item, turn, "") for turn, (key, item) in enumerate(library.schema.facts.items())}
    answers = {item.link_id: sample(item, turn, "") for turn, item in enumerate(definition.items(), start=1)}
    fixed = {name: register.fixed_rows for name, register in library.schema.registers.items()}
    response = FormResponse(
        id="golden",
        case_id=case.id,
        form_id=definition.id,
        form_version=definition.version,
        status=ResponseStatus.FINISHED,
        answers=answers,
        rows={item.link_id: _rows(item, fixed, sample, rows) for item in definition.repeats},
    )
    sees = library.recipient_profiles.of(recipient).sees
    withheld = frozenset(CLASSES) - sees
    file = CaseFile(case=case, facts=facts, registers={})
    return fill(
        definition, response, file, HEAD, Disclosure(recipient=recipient, withheld=withheld, on_paper=True)
    )


def _rows(item: Item, fixed: dict[str, tuple[str, ...]], sample: Sample, count: int) -> tuple[Row, ...]:
    ids = fixed.get(item.rows_from or "", ()) or tuple(f"r{number}" for number in range(count))
    return tuple(
        Row(row_id, {c.link_id: sample(c, turn + i, row_id) for i, c in enumerate(item.columns)})
        for turn, row_id in enumerate(ids)
    )


def long_answer(item: Item, turn: int, row_id: str = "") -> Answer:
    """Return an answer as long as somebody is likely to make it, and longer than any box."""
    value: Value | None = {
        ItemType.TEXT: (_TEXT * 4)[: min(item.max_length, _LONGEST_TEXT)].strip(),
        ItemType.PARAGRAPH: (_LONG * 12)[: min(item.max_length, _LONGEST_PARAGRAPH)].strip(),
        ItemType.NUMBER: Decimal(1_000_000 + turn),
        ItemType.MONEY: Decimal(987_654_321),
        ItemType.DATE: date(2026, 12, 1 + turn % 28),
        ItemType.DATETIME: datetime(2026, 12, 1 + turn % 28, 23, 59),
        ItemType.MULTI_CHOICE: item.codes_for(row_id)[1],
    }.get(item.type) or sample_value(item, turn, row_id)
    return sample_answer(item, turn, row_id) if value is None else answered(value)
