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
    found = facts_of_case(file, kinds, session.today)
    facts: dict[str, object] = {}
    for key, kind in kinds.items():
        value = found[key]
        said = value.isoformat() if isinstance(value, date) else value
        group, _, name = key.rpartition(".")
        node = facts.setdefault(group, {}) if group else facts
        assert isinstance(node, dict)
        node[name] = kind.unknown if said is None else said
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


def test_window_service_and_command_answer_alike(practice: Stage, tmp_path: Path):
    texts, library = practice.desk.texts, practice.desk.library
    asked = 0
    for number in range(CASES):
        case_id = practice.case_number(number)
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(call(practice, as_file, case_id)), encoding="utf-8")
        view = call(practice, assessments.assess_case, case_id)
        page = practice.page("case", case_id=case_id, form_id="F07")
        assert isinstance(page, CasePage)
        beside = beside_when_told(practice, page)
        for model in (view.chosen, *view.others):
            answer = assess_file(library, path, model.model)
            criterion = next(
                (str(flag).partition(":")[2] for flag in answer["flags"] if str(flag).startswith("criterion:")), None
            )  # fmt: skip
            assert model.outcome == outcome_words(str(answer["outcome"]), criterion, texts)
            assert list(model.missing) == [texts.get(f"rules.facts.{fact}") for fact in answer["missing"]]
            assert len(model.reasons) == len(answer["reasons"])
            assert len(model.would_change) == len(answer["would_change"])
            assert model.outcome in beside
            asked += 1
        for told in (*view.chosen.because, *view.chosen.lacking, *view.chosen.changes):
            assert f"{told.words}. {told.below}" in beside
        named = {told.fact for told in (*view.chosen.because, *view.chosen.lacking)}
        assert named == {reason["fact"] for reason in assess_file(library, path, view.chosen.model)["reasons"]}
        for difference in view.differences:
            assert all(sentence in beside for sentence in difference.because)
    tell("P5.6", f"the same answer at all three doors: {CASES} cases, {asked} answers")
