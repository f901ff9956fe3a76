"""The municipality's own model in a real store: saved as versions, used where a case is assessed, tried beforehand."""

from pathlib import Path

import pytest

from desktop_app.domain.rule_errors import OwnRulesFaulty
from desktop_app.services import assessments, own_rules, settings
from desktop_app.services.audit import events
from desktop_app.services.case_lists import list_cases
from desktop_app.services.former_assessments import former
from desktop_app.services.forms import open_form
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.practice import closed_store, opened


def saved(session: Session, origin: str = "goteborg_2022", name: str = "Vår riktlinje") -> str:
    text = own_rules.copy_from(session, origin, name)
    own_rules.save_own(session, text, origin)
    return text


def test_there_is_none_until_one_is_saved(session: Session):
    assert own_rules.own_rules(session) == own_rules.OwnRules()
    assert [rules.id for rules in assessments.models(session)] == [
        "goteborg_2022", "nationell_polis_2023", "stockholm_2024",
    ]  # fmt: skip


def test_each_saved_change_is_a_version_and_the_old_ones_stay(session: Session):
    text = saved(session)
    own_rules.save_own(session, text.replace("Vår riktlinje", "Vår andra"), "goteborg_2022")
    found = own_rules.own_rules(session)
    assert [each.version for each in found.versions] == [2, 1]
    assert "Vår andra" in found.text
    assert "version = 2" in found.text
    with session.reading() as stores:
        assert {each.version: "Vår riktlinje" in each.content for each in stores.own_rules.all()} == {
            2: False,
            1: True,
        }
    assert assessments.models(session)[-1].version == 2
    assert [event.text_key for event in events(session)].count("events.rules.own_saved") == 2


def test_a_saved_version_is_never_changed_or_removed(session: Session):
    saved(session)
    for sql in ("UPDATE own_rule_set SET content = ''", "DELETE FROM own_rule_set"):
        with pytest.raises(Exception, match="never"), session.act() as work:
            work.own_rules._execute(sql)
    assert own_rules.own_rules(session).versions


def test_what_cannot_be_read_is_not_saved(session: Session):
    text = own_rules.copy_from(session, "goteborg_2022", "Vår").replace('kind = "refuse"', 'kind = "vägra"')
    with pytest.raises(OwnRulesFaulty) as refused:
        own_rules.save_own(session, text, "goteborg_2022")
    assert refused.value.params == {"key": "step[4].kind"}
    with pytest.raises(OwnRulesFaulty):
        own_rules.preview(session, text)
    assert own_rules.own_rules(session) == own_rules.OwnRules()


def test_a_draft_is_kept_over_a_lock_and_gone_when_saved(tmp_path: Path, clock: StillClock):
    folder = closed_store(tmp_path / "valv")
    first = opened(folder, clock)
    own_rules.keep_draft(first, "halvskrivet", "goteborg_2022")
    lock(first)
    again = opened(folder, clock)
    assert own_rules.own_rules(again).draft == own_rules.Draft("halvskrivet", "goteborg_2022")
    saved(again)
    assert own_rules.own_rules(again).draft is None
    lock(again)


def test_the_own_model_is_asked_wherever_a_case_is_assessed(practice: Session):
    code = {case.code: case.case_id for case in list_cases(practice)}
    case_id = code["K-2026-001"]
    before = assessments.assess_case(practice, case_id)
    assert "egen" not in {view.model for view in (before.chosen, *before.others)}
    saved(practice)
    settings.put(practice, "model", "egen")
    beside = assessments.assess_case(practice, code["K-2026-006"])
    assert beside.chosen.model == "egen" or "egen" in {view.model for view in beside.others}
    outcomes = {
        view.title: view.outcome
        for view in (beside.chosen, *beside.others)
        if view.model in ("egen", "goteborg_2022")
    }
    assert set(outcomes) == {"Vår riktlinje", "Göteborg 2022"}
    assert len(set(outcomes.values())) == 1


def test_the_form_offers_the_own_model_only_where_there_is_one(practice: Session):
    case_id = opened_case(practice)

    def offered() -> tuple[str, ...]:
        view = open_form(practice, case_id, "F07")
        return next(entry.item for entry in view.filled.items() if entry.item.table == "models").codes

    assert "egen" not in offered()
    finished = next(case.case_id for case in list_cases(practice) if former(practice, case.case_id))
    view = open_form(practice, finished, "F07")
    [shown] = [entry.item.codes for entry in view.filled.items() if entry.item.table == "models"]
    assert "egen" not in shown, "a finished one could not choose it either"
    saved(practice)
    assert "egen" in offered()


def test_the_preview_tells_codes_before_and_after_and_writes_nothing(practice: Session):
    text = own_rules.copy_from(practice, "goteborg_2022", "Vår")
    with practice.reading() as stores:
        before = stores.row_counts()
    part = own_rules.preview(practice, text)
    assert part.go_on is None
    assert part.tried >= 6
    assert part.changes
    for change in part.changes:
        assert change.code.startswith("K-2026-")
        assert change.before != change.after
        assert not change.follows
    with practice.reading() as stores:
        assert stores.row_counts() == before
    same = own_rules.copy_from(practice, "nationell_polis_2023", "Vår")
    follows = {case.code for case in list_cases(practice)}
    assert {each.code for each in own_rules.preview(practice, same).changes} < follows


def test_a_preview_comes_in_parts(practice: Session, monkeypatch: pytest.MonkeyPatch):
    text = own_rules.copy_from(practice, "goteborg_2022", "Vår")
    whole = own_rules.preview(practice, text)
    monkeypatch.setattr(own_rules, "AT_A_TIME", 3)
    parts, start = [], 0
    while start is not None:
        part = own_rules.preview(practice, text, start)
        parts.append(part)
        start = part.go_on
    assert len(parts) > 2
    assert tuple(change for part in parts for change in part.changes) == whole.changes


def test_saving_makes_the_lists_be_reckoned_anew(practice: Session):
    settings.put(practice, "model", "goteborg_2022")
    before = {case.code: case.outcome for case in list_cases(practice)}
    text = own_rules.copy_from(practice, "goteborg_2022", "Vår")
    strict = text.replace('criteria = ["wants_to_leave", "belongs', 'criteria = ["evidence_person", "belongs')
    own_rules.save_own(practice, text, "goteborg_2022")
    settings.put(practice, "model", "egen")
    assert {case.code: case.outcome for case in list_cases(practice)} == before
    assert strict != text


def test_an_own_model_this_program_cannot_read_stands_aside(practice: Session):
    saved(practice)
    settings.put(practice, "model", "egen")
    with practice.act() as work:
        work.settings.put({"rules.egen": "id = 5"})
        work.audit("settings.changed", fields=("rules.egen",))
        work.commit()
    view = assessments.assess_case(practice, list_cases(practice)[0].case_id)
    assert view.chosen.model in ("nationell_polis_2023", "goteborg_2022", "stockholm_2024")
