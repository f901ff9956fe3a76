"""A store as large as no caseworker ever fills: 10 000 cases, 200 000 notes, 20 000 forms, half a million rows.

Rows are written as they are, without the services, so that it takes a minute; what follows from them (cards,
deadlines, the index of the search) is then brought up to date by the program itself.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app.domain.answers import answered
from desktop_app.domain.profile import Profile
from desktop_app.domain.stored_answers import CASE_HOLDER, to_stored
from desktop_app.services import upkeep
from desktop_app.services.library import DEFAULT_MODEL, Library, load_library
from desktop_app.services.session import Session
from desktop_app.services.vault import FAST_COST, unlock
from desktop_app.storage.connection import Database, SqlValue
from desktop_app.storage.keys import Passphrase
from desktop_app.storage.migrations.runner import load_migrations
from desktop_app.storage.vault import Vault
from desktop_app.storage.vault_file import create_vault
from tests.printing.samples import sample_value

PASSPHRASE = "ekorre vante saffran brygga"
CASES_AT_A_TIME = 250
SCHEMA_OF_ROWS = 3
"""Rows are written at the schema before the cards: later triggers would take most of the time."""

FORMS = ("F01", "F02")
NOTES_A_CASE = 20
LINES_A_CASE = 2
START = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)

PROFILE = Profile(
    municipality_code="1440",
    municipality="Ale kommun",
    committee="Socialnämnden",
    unit="Vuxenenheten",
    caseworker="Berit Bergqvist",
    title="socialsekreterare",
    phone="0303-70 30 00",
    email="berit@example.org",
)

FIRST = ("Åsa", "Örjan", "Ärla", "Klara", "Bo", "Cecilia", "Dan", "Elin", "Fatima", "Gustav", "Hanna", "Ivar")
LAST = (
    "Öberg",
    "Ågren",
    "Ängström",
    "Kastanj",
    "Björk",
    "Cederlund",
    "Dahl",
    "Ek",
    "Fors",
    "Gran",
    "Hassel",
    "Ivarsson",
)
WORDS = (
    *(
        "ärende",
        "stöd",
        "samtal",
        "möte",
        "kontakt",
        "polis",
        "skydd",
        "boende",
        "plan",
        "arbete",
        "familj",
        "telefon",
    ),
    *(
        "vecka",
        "beslut",
        "uppföljning",
        "återkoppling",
        "åtgärd",
        "ångest",
        "övernattning",
        "ömsesidig",
        "samverkan",
    ),
    *("frivård", "skola", "hot", "samtycke", "läkare", "hyra", "försörjning"),
)
FACTS = (
    *("client.alias", "client.birth_year", "client.gender", "client.secure_contact", "client.safe_times"),
    *("client.language", "client.interpreter", "client.home_municipality", "client.whereabouts"),
    *("client.children_in_household", "intake.channel", "intake.urgent_danger", "intake.own_words"),
    *("intake.environment", "intake.next_step", "intake.next_step_by", "fact.role"),
)


@dataclass(frozen=True)
class BigStore:
    """The open store and how many rows each table has."""

    session: Session
    rows: dict[str, int]


def build(folder: Path, clock: Callable[[], datetime], cases: int = 10_000) -> BigStore:
    """Make the store as the first release left it, let this program bring it up to date; the caller locks it."""
    older = load_migrations()[:SCHEMA_OF_ROWS]
    vault, _ = create_vault(folder, Passphrase(PASSPHRASE), now=clock(), cost=FAST_COST, steps=older)
    luck, library = random.Random(4), load_library()
    with vault:
        later = _set_aside(vault, clock())
        numbers = sorted(
            range(cases), key=_case_id
        )  # in the order of the tables, or most pages are written many times
        for first in range(0, cases, CASES_AT_A_TIME):
            with vault.unit_of_work(actor="bench", now=clock()) as work:
                if not first:
                    work.settings.put({"model": DEFAULT_MODEL, "practice": "no", **PROFILE.as_settings()})
                for number in numbers[first : first + CASES_AT_A_TIME]:
                    _write_case(library, vault.database, number, luck)
                    for _ in range(LINES_A_CASE):
                        work.audit(
                            "form.saved", case_id=_case_id(number), entity="F01", fields=("next_step",)
                        )
                work.commit()
        with vault.unit_of_work(actor="bench", now=clock()) as work:
            for sql in later:
                vault.database.execute(sql)  # as the migrations wrote it
            work.commit_reckoned()
    session = unlock(library, folder, PASSPHRASE, clock)
    upkeep.bring_up_to_date(session)
    with session.reading() as stores:
        rows = stores.row_counts()
    return BigStore(session, rows)


def _set_aside(vault: Vault, now: datetime) -> list[str]:
    """Take away indexes and triggers of what is written in bulk, and return how they are made."""
    with vault.unit_of_work(actor="bench", now=now) as work:
        found = vault.database.rows(
            "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
            "AND tbl_name IN ('client_case', 'form_response', 'answer', 'answer_row', 'journal_note')"
        )
        for kind, name, _ in found:
            vault.database.execute(f"DROP {kind} {name}")
        work.commit_reckoned()
    return [sql for _, _, sql in found]


def _case_id(number: int) -> str:
    return f"{number * 2_654_435_761 % 2**32:08x}{number:08x}"


def _write_case(library: Library, database: Database, number: int, luck: random.Random) -> None:
    case_id = _case_id(number)
    opened = START + timedelta(minutes=45 * number % 400_000)
    at = opened.isoformat(timespec="seconds")
    database.execute(
        "INSERT INTO client_case (case_id, case_code, opened_at, stage) VALUES (?, ?, ?, 'intake')",
        (case_id, f"K-{2026 - number % 3}-{number + 1:03d}", at),
    )
    responses = [f"{case_id}{form}" for form in FORMS]
    database.execute_many(
        "INSERT INTO form_response (response_id, case_id, form_id, form_version, status, revision, begun_at, saved_at, "
        "finished_at) VALUES (?, ?, ?, ?, ?, 3, ?, ?, ?)",
        [
            (response, case_id, form, library.form(form).version, status, at, at, finished)
            for response, form, (status, finished) in zip(
                responses,
                FORMS,
                (("draft", None), ("finished", at) if number % 2 else ("draft", None)),
                strict=True,
            )
        ],
    )
    database.execute_many(
        "INSERT INTO answer_row (case_id, holder, link_id, row_id, ordinal) VALUES (?, 'case', 'consents', ?, 1)",
        [(case_id, f"{case_id}c")],
    )
    database.execute_many(
        "INSERT INTO answer (case_id, holder, link_id, row_id, column_id, state, value, typed, changed_at, changed_by) "
        "VALUES (?, ?, ?, ?, ?, 'answered', ?, '', ?, 'bench')",
        [(case_id, *place, value, at) for *place, value in _answers(library, responses, number, opened)],
    )
    database.execute_many(
        "INSERT INTO journal_note (note_id, case_id, addendum_to, event_typed, event_at, kind, source, source_detail, "
        "body, author, author_title, begun_at, saved_at, locks_at, signed_at, revision) "
        "VALUES (?, ?, NULL, ?, ?, 'fact', 'person', '', ?, 'Berit Bergqvist', 'socialsekreterare', ?, ?, ?, ?, 2)",
        list(_notes(case_id, opened, luck)),
    )


def _answers(
    library: Library, responses: list[str], number: int, opened: datetime
) -> Iterator[tuple[str, str, str, str, str | None]]:
    facts = library.schema.facts
    name = f"{FIRST[number % 12]} {LAST[number // 12 % 12]}"
    yield CASE_HOLDER, "client.name", "", "", name
    protection = ("none", "none", "none", "confidentiality_mark")[number % 4]
    yield CASE_HOLDER, "client.protected_identity", "", "", protection
    contacted = opened.replace(tzinfo=None)
    yield CASE_HOLDER, "intake.contacted_at", "", "", f"{contacted:%Y-%m-%dT%H:%M:%S}"
    if number % 50:
        yield (
            CASE_HOLDER,
            "intake.first_contact_at",
            "",
            "",
            f"{contacted + timedelta(hours=3):%Y-%m-%dT%H:%M:%S}",
        )
    for turn, key in enumerate(FACTS):
        value = sample_value(facts[key], number + turn)
        if value is not None:
            yield CASE_HOLDER, key, "", "", to_stored(facts[key], answered(value)).value
    until = (opened + timedelta(days=200 + number % 300)).date().isoformat()
    row = f"{responses[0][:16]}c"
    for column, value in (
        ("recipient", "police"),
        ("may_disclose", "yes"),
        ("may_obtain", "yes"),
        ("valid_until", until),
    ):
        yield CASE_HOLDER, "consents", row, column, value
    yield responses[0], "caller", "", "", name
    yield responses[0], "informed", "", "", "yes"


def _notes(case_id: str, opened: datetime, luck: random.Random) -> Iterator[tuple[SqlValue, ...]]:
    for number in range(NOTES_A_CASE):
        when = opened + timedelta(days=number)
        written = when.isoformat(timespec="seconds")
        day = when.date().isoformat()
        signed = None if number == NOTES_A_CASE - 1 else written
        body = " ".join(luck.choices(WORDS, k=40))
        locks = (when + timedelta(days=14)).isoformat(timespec="seconds")
        yield f"{case_id}{number:04d}", case_id, day, day, body, written, written, locks, signed
