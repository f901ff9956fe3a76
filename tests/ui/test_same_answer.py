"""The same answer whichever door one asks at: beside F07 in the window, by the service, and by ``utvag assess``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.domain.assessments import facts_of_case
from desktop_app.domain.explanation import outcome_words
from desktop_app.services import assessments
from desktop_app.services.assess_file import assess_file
from desktop_app.services.case_reading import read_case
from desktop_app.services.session import Session
from tests.helpers.assess_facts import grouped_facts
from tests.helpers.desk_work import opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.ui.conftest import Stage
from ui.pages.case_page import CasePage
from ui.pages.case_side import CaseSide

CASES = 6


def as_file(session: Session, case_id: str) -> dict[str, object]:
    """What the case knows, as a file for ``utvag assess``."""
    kinds = session.library.definitions.fact_kinds
    with session.reading() as stores:
        file = read_case(session, stores, stores.cases.by_id(case_id)).file
    facts = grouped_facts(facts_of_case(file, kinds, session.today), kinds)
    facts["role"] = facts["role"] or "leaver"
    return {"assessed_on": session.today.isoformat(), "facts": facts}


def read_out(pane: QWidget) -> str:
    """All the words of a pane, whether they can be pressed or not."""
    parts = [pane, *pane.findChildren(QWidget)]
    return "\n".join(
        words
        for part in parts
        for words in (part.accessibleName(), str(part.property("text") or ""))
        if words
    )


def beside_when_told(stage: Stage, page: CasePage) -> str:
    """What stands beside the form once the service has answered."""
    for _ in range(200):
        stage.work()
        said = read_out(page.findChild(CaseSide).findings)
        if len(said.splitlines()) > 1:
            return said
        QTest.qWait(10)
    raise AssertionError("nothing is told beside the form")


def call(stage: Stage, service, *args):
    found: list = []
    stage.desk.run(stage.window, service, *args, done=found.append)
    stage.work()
    return found[0]


def answers_apart(stage: Stage, case_id: str, path: Path) -> int:
    """Hold what stands beside F07 and what the service says against the command; return how many models answered."""
    texts, library = stage.desk.texts, stage.desk.library
    view = call(stage, assessments.assess_case, case_id)
    page = stage.page("case", case_id=case_id, form_id="F07")
    assert isinstance(page, CasePage)
    beside = beside_when_told(stage, page)
    for model in (view.chosen, *view.others):
        answer = assess_file(library, path, model.model)
        criterion = next(
            (str(flag).partition(":")[2] for flag in answer["flags"] if str(flag).startswith("criterion:")), None
        )  # fmt: skip
        assert model.outcome == outcome_words(str(answer["outcome"]), criterion, texts)
        assert list(model.missing) == [texts.get(f"rules.facts.{fact}") for fact in answer["missing"]]
        assert len(model.reasons) == len(answer["reasons"])
        assert [told.fact for told in model.changes] == [each["fact"] for each in answer["would_change"]]
        assert model.outcome in beside
    for told in (*view.chosen.because, *view.chosen.lacking, *view.chosen.changes):
        assert f"{told.words}. {told.below}" in beside
    named = {told.fact for told in (*view.chosen.because, *view.chosen.lacking)}
    assert named == {reason["fact"] for reason in assess_file(library, path, view.chosen.model)["reasons"]}
    for difference in view.differences:
        assert all(sentence in beside for sentence in difference.because)
    return 1 + len(view.others)


def test_window_service_and_command_answer_alike(practice: Stage, tmp_path: Path):
    asked = 0
    for number in range(CASES):
        case_id = practice.case_number(number)
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(call(practice, as_file, case_id)), encoding="utf-8")
        asked += answers_apart(practice, case_id, path)
    tell("P5.6", f"the same answer at all three doors: {CASES} cases, {asked} answers")


GIVEN = sorted((Path(__file__).parents[1] / "data" / "cases").glob("*.json"))


def written_in(session: Session, facts: dict) -> str:
    """Open a case and write in its forms what a given case says."""
    case_id = opened_case(session)
    typed(session, case_id, "F01", birth_year=str(session.today.year - facts["age"]))
    if facts["police_consent"] != "unknown":
        said = facts["police_consent"] if facts["police_consent_withdrawn_on"] is None else "yes"
        police_consent(
            session, case_id, may_disclose=said, may_obtain=said,
            withdrawn_on=facts["police_consent_withdrawn_on"] or "",
        )  # fmt: skip
    if facts["threat"]["level"] != "not_assessed":
        known = {key: value for key, value in facts["threat"].items() if value not in (None, "unknown")}
        columns = {"lethal_or_serious_violence": "lethal"}
        typed(
            session,
            case_id,
            "F04",
            **{f"threat_{columns.get(key, key)}": value for key, value in known.items()},
        )
    typed(session, case_id, "F07", role=facts["role"], environment=facts["environment"])
    if facts["honour_role"]:
        typed(session, case_id, "F07", honour_role=facts["honour_role"])
    if facts["protection_need_level"] != "unknown":
        typed(session, case_id, "F07", protection_need_level=facts["protection_need_level"])
    for row in session.library.table("criteria"):
        if facts.get(row) not in (None, "unknown"):
            typed_row(session, case_id, "F07", "criteria", row, answer=facts[row])
    return case_id


def moved_to(today: date, path: Path) -> dict:
    """A given case as it would be today: every day as long ago as it was then."""
    told = json.loads(path.read_text("utf-8"))
    since = today - date.fromisoformat(told["assessed_on"])

    def later(day: str | None) -> str | None:
        return day and (date.fromisoformat(day) + since).isoformat()

    told["assessed_on"] = today.isoformat()
    facts = told["facts"]
    facts["police_consent_withdrawn_on"] = later(facts["police_consent_withdrawn_on"])
    facts["threat"]["assessed_on"] = later(facts["threat"]["assessed_on"])
    return told


def test_each_given_case_written_in_a_case_is_answered_as_the_contract_says(empty: Stage, tmp_path: Path):
    asked = 0
    for given in GIVEN:
        told = moved_to(empty.clock.now.date(), given)
        path = tmp_path / given.name
        path.write_text(json.dumps(told), encoding="utf-8")
        case_id = call(empty, written_in, told["facts"])
        seen = call(empty, as_file, case_id)["facts"]
        assert {**told["facts"], "police_consent_withdrawn_on": None} == {
            **seen, "police_consent_withdrawn_on": None
        }  # fmt: skip
        asked += answers_apart(empty, case_id, path)
        view = call(empty, assessments.assess_case, case_id)
        words = {model.model: model.outcome for model in (view.chosen, *view.others)}
        for model, expected in told["expected"].items():
            outcome = empty.desk.text(f"tables.outcomes.{expected['outcome']}")
            assert words[model].startswith(outcome)
    tell("P5.6", f"the given cases written in the window's store: {len(GIVEN)} cases, {asked} answers")
