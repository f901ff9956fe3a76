"""What the lists show of a case, reckoned from its file, and until when it holds: some of it turns with the days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop_app.domain.assessments import CONSENTS, born_of_client, facts_of_case
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consents import POLICE, consents_from_rows
from desktop_app.domain.evaluation import decide
from desktop_app.domain.guide_facts import CONSENT, TURN_WITH_THE_DAYS
from desktop_app.domain.rules import THREAT_DATE, RuleSet

FOR_EVER = date.max
"""``good_until`` of a card that no day changes."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """One case in the lists. ``name`` is empty unless the person may be named.

    ``outcome`` and ``criterion`` are codes, empty while nobody has begun to answer. ``next_step`` is a step id, empty
    when all are done. The moments of the clock are local and without zone, as people write them. The card holds from
    ``made_on`` until the day before ``good_until``.
    """

    case_id: str
    code: str
    kind: str
    name: str
    protection: str
    municipal_role: str
    stage: str
    next_step: str
    outcome: str
    criterion: str
    contacted_at: datetime | None
    met_at: datetime | None
    opened_at: datetime
    changed_at: datetime
    made_on: date
    good_until: date

    def holds_on(self, day: date) -> bool:
        """Tell whether nothing on the card has turned with the days."""
        return self.made_on <= day < self.good_until


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where the evidence points: an outcome and the criterion that failed, as codes; until when that holds."""

    outcome: str = ""
    criterion: str = ""
    good_until: date = FOR_EVER


def pointing_of(file: CaseFile, rules: RuleSet, day: date) -> Pointing:
    """Return where the evidence points once somebody has begun to answer; the caseworker's word goes first."""
    decided = file.value("assessment.decided")
    if isinstance(decided, str):
        return Pointing(decided)
    if file.value("fact.role") is None:
        return Pointing()
    outcome, criterion = decide(rules, facts_of_case(file, rules.facts_asked(), day), day)
    turns = (turn for turn in turning_days(file, rules, day) if turn > day)
    return Pointing(outcome, criterion or "", min(turns, default=FOR_EVER))


def turning_days(file: CaseFile, rules: RuleSet, day: date) -> Iterator[date]:
    """Yield the days on which an answer to a rule set may become another by itself, in no order."""
    yield from _consent_days(file, POLICE)
    yield from _birthdays(file, day)
    assessed = facts_of_case(file, (THREAT_DATE,), day)[THREAT_DATE]
    if isinstance(assessed, date):
        yield from _later(assessed, rules.threat_valid_days + 1)


def guide_good_until(file: CaseFile, asked: Iterable[str], day: date) -> date:
    """Return the first day after ``day`` on which the value under a key that is asked may become another by itself."""
    turns = (turn for key in asked for turn in _turns_of(file, key, day) if turn > day)
    return min(turns, default=FOR_EVER)


def _turns_of(file: CaseFile, key: str, day: date) -> Iterator[date]:
    head, _, recipient = key.partition(".")
    if key in TURN_WITH_THE_DAYS:
        yield from _birthdays(file, day)
    elif head == CONSENT:
        yield from _consent_days(file, recipient)


def _consent_days(file: CaseFile, recipient: str) -> Iterator[date]:
    for consent in consents_from_rows(file.rows(CONSENTS)):
        if consent.recipient == recipient:
            yield from (each for each in (consent.valid_from, consent.withdrawn_on) if each)
            if consent.valid_until:
                yield from _later(consent.valid_until, 1)


def _birthdays(file: CaseFile, day: date) -> Iterator[date]:
    born = born_of_client(file)
    if born is not None:
        yield from (_birthday(born, year) for year in (day.year, day.year + 1))
    elif isinstance(file.value("client.birth_year"), Decimal):
        yield date(day.year + 1, 1, 1)


def _birthday(born: date, year: int) -> date:
    """Return the day one turns a year older: who is born on the 29th of February, the day after the 28th."""
    is_leap_day = (born.month, born.day) == (2, 29)
    return date(year, 2, 28) + _DAY if is_leap_day else born.replace(year=year)


def _later(day: date, days: int) -> Iterable[date]:
    try:
        return (day + days * _DAY,)
    except OverflowError:
        return ()
