"""What the store itself can count for the year's statistics (F21), small numbers hidden before anybody sees them.

Counts and nothing else leave this module (lag 2001:454 7 a §): no table crosses two things, no place is counted. What
is not counted here yet is filled in by hand; the form says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.assessments import CRITERIA, age_of_client
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import FIRST_CONTACT_WITHIN
from desktop_app.domain.derived import age_group_of
from desktop_app.domain.forms import FormResponse, Row
from desktop_app.domain.own_reports import SCREENING_TABLE, STATISTICS_TABLES
from desktop_app.domain.screening import SCREENING, QuestionCount, count_screening
from desktop_app.domain.suppression import DEFAULT_K, Shown, shown_total, small_hidden, suppressed
from desktop_app.domain.texts import Texts
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from desktop_app.services.yearly_sums import yearly_sums
from desktop_app.storage.unit_of_work import StoreSet

OF_CASES = (
    *("stat_kind", "stat_channel", "stat_first_contact", "stat_age", "stat_gender", "stat_children"),
    *("stat_protected", "stat_environment", "stat_outcome", "stat_threat", "stat_standing"),
)
"""Tables in which each case of the year is counted at most once: the rest of them is ``missing``."""

NOT_A_LEAVER = "ej_avhoppare"


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of every table as they may be shown, and what is said of them all."""

    rows: Mapping[str, tuple[Row, ...]]
    facts: Mapping[str, Answer]
    hidden: int = 0


def counted(session: Session, stores: StoreSet, response: FormResponse) -> Counted:
    """Return the year's counts for a response that says which year and from which number on they are shown."""
    year, k = _number(response, "year"), _number(response, "k") or DEFAULT_K
    if year is None:
        return Counted(_no_tables(session, k), {})
    texts = session.library.texts
    files = [stored_file(session, stores, case) for case in stores.cases.all()]
    begun = [file for file in files if _begun_in(file, year)]
    total = shown_total(len(begun), k)
    facts = {"derived.statistics_cases": answered(_words(total, k, texts))}
    if total.is_small:
        hidden = texts.get("statistics.too_few", k=k)
        return Counted(_no_tables(session, k), {**facts, "derived.statistics_hidden": answered(hidden)})
    tallies = _tallies(files, begun, year)
    shown = {name: _hidden(session, name, tallies[name], k) for name in STATISTICS_TABLES}
    questions = _screening(session, begun, k)
    count = sum(
        cell.count is None for table in (*shown.values(), *questions.values()) for cell in table.values()
    )
    rows = {name: _rows(session, table, shown[name], texts, k) for name, table in STATISTICS_TABLES.items()}
    return Counted(
        {**rows, SCREENING_TABLE[0]: _screening_rows(session, questions, k)},
        {
            **facts,
            "derived.statistics_missing": answered(_missing_words(tallies, len(begun), texts)),
            "derived.statistics_hidden": answered(texts.get("statistics.hidden", count=count, k=k)),
            **yearly_sums(files, year, k, texts, lambda one: _words(shown_total(one, k), k, texts)),
        },
        count,
    )


def _no_tables(session: Session, k: int) -> Mapping[str, tuple[Row, ...]]:
    texts = session.library.texts
    empty = {name: _rows(session, table, {}, texts) for name, table in STATISTICS_TABLES.items()}
    return {**empty, SCREENING_TABLE[0]: _screening_rows(session, {}, k)}


def _tallies(files: Iterable[CaseFile], begun: Iterable[CaseFile], year: int) -> Mapping[str, Counter[str]]:
    """Return what is counted of the cases that began in a year, and of what happened in it."""
    tallies = {name: Counter[str]() for name in STATISTICS_TABLES}
    for file in begun:
        for name, code in _of_case(file, date(year, 12, 31)).items():
            if code:
                tallies[name][code] += 1
        _add(tallies["stat_not_met"], _not_met(file))
    for file in files:
        _of_events(file, year, tallies)
    return tallies


def _missing_words(tallies: Mapping[str, Counter[str]], cases: int, texts: Texts) -> str:
    """Return in which tables some case is not counted, since nobody knows."""
    missing = [name for name in OF_CASES if tallies[name].total() < cases]
    said = [texts.get(f"forms.yearly_statistics.v1.items.{name}.label") for name in missing]
    return ", ".join(said) or texts.get("statistics.none_missing")


def _number(response: FormResponse, name: str) -> int | None:
    value = response.answers[name].value if name in response.answers else None
    text = str(value or "")
    return int(text) if text.isdecimal() else None


def _hidden(session: Session, name: str, tally: Mapping[str, int], k: int) -> Mapping[str, Shown]:
    """Return a table with its small numbers hidden; the number of cases is told, so theirs could be reckoned back."""
    counts = {code: tally.get(code, 0) for code in session.library.table(STATISTICS_TABLES[name])}
    return suppressed(counts, k) if name in OF_CASES else small_hidden(counts, k)


def _rows(
    session: Session, table: str, cells: Mapping[str, Shown], texts: Texts, k: int = DEFAULT_K
) -> tuple[Row, ...]:
    return tuple(
        Row(code, {"count": answered(_words(cells[code], k, texts))} if code in cells else {})
        for code in session.library.table(table)
    )


def _screening(session: Session, begun: Iterable[CaseFile], k: int) -> Mapping[str, Mapping[str, Shown]]:
    """Return how each of the first questions was answered: its parts come to the number of cases, which is told."""
    asked = count_screening(begun, session.library.schema.facts)
    return {each.key.removeprefix(SCREENING): suppressed(_parts(each), k) for each in asked}


def _parts(question: QuestionCount) -> Mapping[str, int]:
    states = {state.value: count for state, count in question.states.items()}
    return {"with_value": question.with_value, **states, "left_open": question.left_open}


def _screening_rows(
    session: Session, questions: Mapping[str, Mapping[str, Shown]], k: int
) -> tuple[Row, ...]:
    texts = session.library.texts
    return tuple(
        Row(code, {name: answered(_words(cell, k, texts)) for name, cell in questions.get(code, {}).items()})
        for code in session.library.table(SCREENING_TABLE[1])
    )


def _words(cell: Shown, k: int, texts: Texts) -> str:
    if cell.count is not None:
        return str(cell.count)
    return texts.get("statistics.fewer" if cell.is_small else "statistics.withheld", k=k)


def _begun_in(file: CaseFile, year: int) -> bool:
    contacted = file.moment("intake.contacted_at")
    return (contacted or file.case.opened_at.astimezone()).year == year


def _of_case(file: CaseFile, day: date) -> Mapping[str, str]:
    """Return the code a case is counted under in each table, empty where it is not known."""
    age = age_of_client(file, day)
    protection = file.protection
    return {
        "stat_kind": file.case.kind.value,
        "stat_channel": _text(file, "intake.channel"),
        "stat_first_contact": _first_contact(file),
        "stat_age": "" if age is None else age_group_of(age),
        "stat_gender": _text(file, "client.gender"),
        "stat_children": _text(file, "client.children_in_household"),
        "stat_protected": "yes" if protection.is_known_protected else "" if protection.hides else "no",
        "stat_environment": _text(file, "fact.environment"),
        "stat_outcome": _text(file, "assessment.decided"),
        "stat_threat": _text(file, "fact.threat.level"),
        "stat_standing": _standing(file, day),
    }


def _standing(file: CaseFile, day: date) -> str:
    closed = file.value("events.closed_on")
    return "closed" if isinstance(closed, date) and closed <= day else "ongoing"


def _not_met(file: CaseFile) -> Iterable[str]:
    """Return the criteria that a case which is no leaver's did not meet."""
    if _text(file, "assessment.decided") != NOT_A_LEAVER:
        return ()
    return [row.id for row in file.rows(CRITERIA) if row.cell("answer").value == "no"]


def _first_contact(file: CaseFile) -> str:
    contacted, met = file.moment("intake.contacted_at"), file.moment("intake.first_contact_at")
    if contacted is None or met is None:
        return ""
    return "within" if met - contacted <= FIRST_CONTACT_WITHIN else "later"


def _of_events(file: CaseFile, year: int, tallies: Mapping[str, Counter[str]]) -> None:
    """Add what happened in the year in a case, whenever the case began."""

    def inside(row: Row, column: str) -> bool:
        return _year(row.cell(column).value) == year

    for row in file.rows("decisions"):
        if inside(row, "decided_on") and row.cell("outcome").value in ("granted", "partly"):
            _add(tallies["stat_interventions"], (row.cell("intervention").value,))
    for row in file.rows("consents"):
        codes = (("given", "valid_from"), ("withdrawn", "withdrawn_on"))
        _add(tallies["stat_consents"], (code for code, column in codes if inside(row, column)))
    for row in file.rows("threats"):
        codes = (("asked", "asked_on"), ("answered", "answered_on"))
        _add(tallies["stat_requests"], (code for code, column in codes if inside(row, column)))
    for row in file.rows("meetings"):
        if inside(row, "starts"):
            _add(tallies["stat_meetings"], (row.cell("meeting_type").value,))
    if _year(file.value("events.closed_on")) == year:
        _add(tallies["stat_closing"], (file.value("events.closing_reason"),))


def _add(tally: Counter[str], codes: Iterable[object]) -> None:
    tally.update(code for code in codes if isinstance(code, str))


def _text(file: CaseFile, key: str) -> str:
    value = file.value(key)
    if isinstance(value, tuple):
        return str(value[0]) if len(value) == 1 else ""
    return value if isinstance(value, str) else ""


def _year(value: object) -> int | None:
    return value.year if isinstance(value, date | datetime) else None
