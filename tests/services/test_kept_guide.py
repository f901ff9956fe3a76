"""What is kept of the guide beside a case says what the file says: on any day, and after anything that is written."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.conditions import Comparison, Operator
from desktop_app.domain.forms import Address
from desktop_app.domain.guide_standing import from_kept, to_kept, turning_keys
from desktop_app.domain.ties import Relation
from desktop_app.services import case_links, cases, forms, guide, upkeep
from desktop_app.services.case_lists import summary_of
from desktop_app.services.forms import (
    Edit,
    add_row,
    begin_anew,
    finish,
    remove_row,
    restore_row,
    save_answers,
)
from desktop_app.services.guide_views import view_of
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.connection import Database
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import rounds, tell
from tests.helpers.guide_cases import CHILD, any_case, each_lie, kept, lies, reckoned, write_fact

CASES = rounds(25, 200)
DAYS = rounds(20, 150)
MARKED_BY_TRIGGER = {"client_case", "answer", "answer_row", "form_response", "case_link"}
"""The tables whose every change a trigger notes."""

ALSO_READ = {"setting", "case_stale"}
"""The settings hold the model, which has a trigger of its own; ``case_stale`` is the note itself."""


def any_cases(session: Session, luck: random.Random) -> list[str]:
    found = [any_case(session, luck) for _ in range(CASES)]
    upkeep.bring_up_to_date(session)
    return found


def asking_consent(session: Session, *, forgetful: bool) -> Session:
    """The same store by a guide that asks for a consent too; a forgetful one does not know what turns by itself."""
    definitions = session.library.definitions
    first, *others = definitions.hold_points
    asks = replace(first, id="consent", when=Comparison("consent.region", Operator.IN, ("valid", "not_yet")))
    steps = definitions.guide.steps
    childs = replace(steps[3], applies_when=Comparison("derived.is_child", Operator.EQUAL, "yes"))
    there = replace(definitions.guide, steps=(*steps[:3], childs, *steps[4:]))
    holds = (asks, first, *others)
    turns = () if forgetful else turning_keys(there, holds)
    other = replace(definitions, guide=there, hold_points=holds, guide_turns=turns)
    return replace(session, library=Library(other))


def lies_on_days(session: Session, clock: StillClock, ids: list[str], luck: random.Random) -> tuple[int, int]:
    """How often something untrue was kept, and how often what was kept was not believed, on random days."""
    today, untrue, turned = clock.now, 0, 0
    for _ in range(DAYS):
        clock.now = today + timedelta(days=luck.randrange(-30, 400))
        untrue += sum(lies(session, case_id) for case_id in ids)
        turned += sum(kept(session, case_id) is None for case_id in ids)
    clock.now = today
    return untrue, turned


def test_what_is_kept_is_what_was_reckoned(session: Session):
    luck, definitions = random.Random(1), session.library.definitions
    for case_id in any_cases(session, luck):
        true = reckoned(session, case_id)
        assert from_kept(to_kept(true.guide), definitions.guide, definitions.hold_points) == true.guide
        assert kept(session, case_id) == true
        seen = view_of(session.library, summary_of(session, true.card), true.guide, session.today)
        assert guide.overview(session, case_id) == seen


def test_the_kept_guide_says_what_the_file_says_on_any_day(session: Session, clock: StillClock):
    luck = random.Random(2)
    ids = any_cases(session, luck)
    untrue, turned = lies_on_days(session, clock, ids, luck)
    assert untrue == 0
    assert 0 < turned < DAYS * CASES, "the control: some days turn some cases"
    tell(
        "4",
        f"{CASES} random cases on {DAYS} days: the kept guide was the file's, {turned} times reckoned anew",
    )


def test_also_by_a_guide_whose_steps_ask_the_age_and_whose_holds_ask_a_consent(
    session: Session, clock: StillClock
):
    luck = random.Random(3)
    other = asking_consent(session, forgetful=False)
    assert set(other.library.definitions.guide_turns) == {
        "derived.age",
        "derived.is_child",
        "consent.region",
    }
    assert lies_on_days(other, clock, any_cases(other, luck), luck)[0] == 0


def test_a_guide_that_forgets_what_turns_by_itself_lies(session: Session, clock: StillClock):
    """The control: nobody notes birthdays and consents, and the outcome has been decided."""
    luck = random.Random(3)
    forgetful = asking_consent(session, forgetful=True)
    untrue, _ = lies_on_days(forgetful, clock, any_cases(forgetful, luck), luck)
    assert untrue > 0
    tell("4", f"- the control, without birthdays and days of consent: {untrue} untruths")


def test_a_birthday_turns_the_holds_of_a_child(session: Session, clock: StillClock):
    case_id = opened_case(session)
    write_fact(session, case_id, "client.identity_number", CHILD)
    typed(session, case_id, "F07", decided="avhoppare")
    upkeep.bring_up_to_date(session)
    assert "child_own_case" not in raised(session, case_id)
    assert f"{reckoned(session, case_id).card.good_until}" == "2027-05-05", "fifteen that day"
    clock.now = clock.now.replace(year=2027, month=5, day=5)
    assert kept(session, case_id) is None
    assert "child_own_case" in raised(session, case_id)


def raised(session: Session, case_id: str) -> set[str]:
    return {hold.id for hold in guide.overview(session, case_id).holds}


# What is written


Act = Callable[[], object]


def acts(session: Session, case_id: str) -> Iterator[tuple[str, Act]]:
    """Writing acts that change how a case stands, one after the other, each to be done before the next is asked for."""
    yield "the first form", lambda: intake(session, case_id, children_in_household="yes")
    yield "an answer, as typed", lambda: _typed_on(session, case_id)
    yield "one answer more", lambda: typed(session, case_id, "F01", custody="detained")
    yield "a form is finished", lambda: finish(session, case_id, "F01")
    yield "a form is begun anew", lambda: begin_anew(session, case_id, "F01")
    yield "a criterion", lambda: typed_row(session, case_id, "F07", "criteria", "in_custody", answer="yes")
    yield "a consent", lambda: police_consent(session, case_id)
    row_id = add_row(session, case_id, "F02", "consents").row_id or ""
    typed_row(session, case_id, "F02", "consents", row_id, recipient="region")
    yield "a row goes", lambda: remove_row(session, case_id, "F02", "consents", row_id)
    yield "a row comes back", lambda: restore_row(session, case_id, "F02", "consents", row_id)
    yield "a step first", lambda: guide.take_early(session, case_id, "threat", "Hotas nu")
    yield "a step after all in turn", lambda: guide.unmark(session, case_id, "threat")
    yield "a step done without", lambda: guide.set_aside(session, case_id, "funding", "Betalar själv")
    child = cases.new_case(session, kind=CaseKind.CHILD)
    yield "a tie", lambda: case_links.link(session, case_id, child.code, Relation.CHILD)
    (tie,) = case_links.links(session, case_id)
    yield "a tie goes", lambda: case_links.unlink(session, tie.link_id)
    yield "a tie comes back", lambda: case_links.relink(session, tie.link_id)
    yield "the answer of the police", lambda: _threat(session, case_id)
    yield "a case is closed", lambda: typed(session, case_id, "F40", closed_on="2026-11-20")


def _typed_on(session: Session, case_id: str) -> None:
    item = session.library.form("F01").item("urgent_danger")
    answer = forms.read(session.library, item, "yes", today=session.today)
    revision = forms.open_form(session, case_id, "F01").revision
    save_answers(session, case_id, "F01", revision, [Edit(Address("urgent_danger"), answer)])


def _threat(session: Session, case_id: str) -> None:
    typed(session, case_id, "F04", threat_level="high", threat_assessed_on="2026-11-20")


def lies_after_acts(session: Session) -> tuple[list[str], int]:
    """The acts after which something untrue is kept of one of the two cases, and how many acts there were."""
    case_id, found, number = opened_case(session), list[str](), 0
    for name, act in acts(session, case_id):
        session.vault.settle()
        _make_all_anew(session)
        act()
        number += 1
        with session.reading() as stores:
            ids = [case.id for case in stores.cases.all()]
        found += [name for _ in each_lie(session, ids)]
    return found, number


def _make_all_anew(session: Session) -> None:
    """Also those that nothing has marked: what was untrue after one act is not told of the next."""
    with session.act() as work:
        work.cards.mark_all_stale()
        work.commit_reckoned()
    upkeep.bring_up_to_date(session)


def test_after_any_act_what_is_kept_is_true_or_not_believed(session: Session):
    found, number = lies_after_acts(session)
    assert found == []
    tell("4", f"after {number} kinds of writing acts: nothing untrue kept of the guide")


@pytest.mark.parametrize(
    ("trigger", "untrue"),
    [
        ("case_is_stale_when_answered", "one answer more"),
        ("case_is_stale_when_answered_anew", "an answer, as typed"),
        ("case_is_stale_when_a_row_goes", "a step after all in turn"),
        ("cases_are_stale_when_tied", "a tie"),
        ("cases_are_stale_when_a_tie_goes", "a tie comes back"),
    ],
)
def test_without_its_trigger_something_untrue_is_kept(session: Session, trigger: str, untrue: str):
    """The control: each trigger is needed."""
    with session.act() as work:
        session.vault.database.execute(f"DROP TRIGGER {trigger}")
        work.commit_reckoned()
    assert untrue in lies_after_acts(session)[0]


def test_every_table_that_is_read_for_it_has_triggers(session: Session, monkeypatch: pytest.MonkeyPatch):
    case_id = any_case(session, random.Random(5))
    other = cases.new_case(session, kind=CaseKind.CHILD)
    case_links.link(session, case_id, other.code, Relation.CHILD)
    with read_tables(monkeypatch) as read:
        reckoned(session, case_id)
    assert read - ALSO_READ == MARKED_BY_TRIGGER
    with session.reading():
        marking = session.vault.database.rows(
            "SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%INTO case_stale%'"
        )
    for table in MARKED_BY_TRIGGER:
        events = {
            event for name, sql in marking if name == table for event in re.findall("AFTER (\\w+)", str(sql))
        }
        assert events >= {"INSERT", "UPDATE"}, table


@contextmanager
def read_tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The tables that questions name meanwhile."""
    read: set[str] = set()
    rows = Database.rows

    def noted(self: Database, sql: str, params: tuple[()] = ()) -> object:
        read.update(re.findall(r"(?:FROM|JOIN) (\w+)", sql))
        return rows(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "rows", noted)
        yield read
