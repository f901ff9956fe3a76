"""The same answer at every door, at random: what a case holds, what stands beside the form, and ``utvag assess``."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from desktop_app.domain.answers import answered
from desktop_app.domain.assessments import CONSENTS, CRITERIA
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, CaseKind, Stage
from desktop_app.domain.derived import findings_of
from desktop_app.domain.explanation import Seen, explain, outcome_words, why_they_differ
from desktop_app.domain.forms import Row
from desktop_app.domain.threats import THREATS, with_newest_threat
from desktop_app.services.assess_file import Json, assess_file
from desktop_app.services.assessments import AssessmentView, ModelDifference
from desktop_app.services.library import load_library
from tests.domain.test_rules_at_random import SITUATIONS
from tests.helpers.assess_facts import grouped_facts
from tests.helpers.clock import StillClock
from tests.helpers.decision_table import KINDS, TODAY
from tests.helpers.figures import rounds, tell
from ui.presenters.case_presenter import findings_parts

LIBRARY = load_library()
TEXTS, MODELS = LIBRARY.texts, LIBRARY.models
ROWS = frozenset(LIBRARY.table("criteria"))
EXAMPLES = rounds(1_000, 3_000)
Situation = dict[str, object]


def as_file(situation: Situation) -> Json:
    """The situation as a file for ``utvag assess``, in the contract's own words."""
    return {"assessed_on": TODAY.isoformat(), "facts": grouped_facts(situation, KINDS)}


def as_case(situation: Situation) -> CaseFile:
    """The same situation as a caseworker has written it in a case."""
    facts = {
        f"fact.{key}": answered(value)
        for key, value in situation.items()
        if value is not None and key not in ROWS and not key.startswith("threat.")
    }
    if isinstance(situation["age"], int):
        facts["client.birth_year"] = answered(Decimal(TODAY.year - situation["age"]))
    case = Case(id="c", code="K-2026-001", opened_at=StillClock()(), stage=Stage.INTAKE, kind=CaseKind.LEAVER)
    registers = {
        CRITERIA: tuple(Row(key, {"answer": answered(situation[key])}) for key in ROWS if situation.get(key)),
        CONSENTS: consents(situation["police_consent"]),
        THREATS: threats(situation),
    }
    return with_newest_threat(CaseFile(case=case, facts=facts, registers=registers))


def consents(said: object) -> tuple[Row, ...]:
    if said is None:
        return ()
    cells = {"recipient": "police", "may_disclose": said, "may_obtain": said}
    return (Row("p", {key: answered(value) for key, value in cells.items()}),)


def threats(situation: Situation) -> tuple[Row, ...]:
    columns = {
        "level": "threat.level",
        "nature": "threat.nature",
        "lethal": "threat.lethal_or_serious_violence",
        "assessed_on": "threat.assessed_on",
    }
    cells = {name: answered(situation[key]) for name, key in columns.items() if situation[key] is not None}
    return (Row("t", cells),) if "level" in cells else ()


def seen_in_window(case_file: CaseFile) -> AssessmentView:
    """What stands beside the form, with the first model chosen."""
    seen = [Seen(rules, findings_of(case_file, rules, TODAY)) for rules in MODELS]
    told = [explain(each.findings, each.rules, TEXTS) for each in seen]
    differences = tuple(
        ModelDifference(words.model, words.title, words.outcome, because)
        for each, words in zip(seen[1:], told[1:], strict=True)
        if (because := why_they_differ(seen[0], each, TEXTS))
    )
    return AssessmentView(told[0], tuple(told[1:]), differences)


def apart(case_file: CaseFile, file: Path) -> list[str]:
    """Where a case and the command say different things."""
    answers = assess_file(LIBRARY, file)["results"]
    assert isinstance(answers, list)
    found = [
        f"{answer['model']}: {key}"
        for answer, rules in zip(answers, MODELS, strict=True)
        for ours in (findings_of(case_file, rules, TODAY),)
        for key, one in {
            "outcome": ours.outcome,
            "handler": ours.handler,
            "flags": list(ours.flags),
            "missing": list(ours.missing),
            "reasons": [reason.fact for reason in ours.reasons],
            "would_change": [(change.fact, change.outcome) for change in ours.would_change],
        }.items()
        if one != of_command(answer, key)
    ]
    return found + not_told(case_file, answers)


def of_command(answer: Json, key: str) -> object:
    value = answer[key]
    if key == "reasons":
        return [reason["fact"] for reason in value]
    if key == "would_change":
        return [(change["fact"], change["outcome"]) for change in value]
    return value


def not_told(case_file: CaseFile, answers: list[Json]) -> list[str]:
    """What the command says and the window does not: outcomes of all models, and each fact of the chosen one."""
    parts = findings_parts(seen_in_window(case_file), TEXTS)
    said = {words for part in parts for words in (*part.sentences, *part.below)}
    facts = [set(part.facts) for part in parts]
    chosen, *others = answers
    outcomes = [words_of(answer) for answer in answers]
    missed = [] if outcomes[0] in said else [outcomes[0]]
    missed += [
        each for each, answer in zip(outcomes[1:], others, strict=True) if titled(answer, each) not in said
    ]
    reasons = {reason["fact"] for reason in chosen["reasons"]}
    changes = {change["fact"] for change in chosen["would_change"]}
    missed += sorted(fact for fact in reasons | changes if not any(fact in each for each in facts))
    return missed


def words_of(answer: Json) -> str:
    flags = [str(flag) for flag in answer["flags"]]
    criterion = next((flag.partition(":")[2] for flag in flags if flag.startswith("criterion:")), None)
    return outcome_words(str(answer["outcome"]), criterion, TEXTS)


def titled(answer: Json, outcome: str) -> str:
    return f"{TEXTS.get('tables.models.' + str(answer['model']))}: {outcome}"


def test_a_case_its_window_and_the_command_never_differ():
    with TemporaryDirectory() as folder:
        file = Path(folder) / "fall.json"

        @given(situation=SITUATIONS)
        @settings(max_examples=EXAMPLES, deadline=None)
        def ask(situation: Situation) -> None:
            if situation["threat.level"] is None:  # no row says when nothing was assessed
                situation |= {key: None for key in KINDS if key.startswith("threat.")}
            file.write_text(json.dumps(as_file(situation)), encoding="utf-8")
            assert apart(as_case(situation), file) == []

        ask()
    tell(
        "P5.6",
        f"the same answer at all three doors at random: {EXAMPLES} situations, {len(MODELS)} models each",
    )


def test_a_case_that_says_something_else_is_found_out(tmp_path: Path):
    """The control."""
    situation: Situation = {**dict.fromkeys(KINDS), "role": "leaver", "wants_to_leave": "yes"}
    file = tmp_path / "fall.json"
    file.write_text(json.dumps(as_file(situation)), encoding="utf-8")
    assert apart(as_case(situation), file) == []
    other = as_case({**situation, "wants_to_leave": "no"})
    assert apart(other, file)
    silent = replace(other, registers={})
    assert apart(silent, file)
