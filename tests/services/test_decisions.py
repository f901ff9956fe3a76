"""F09 in a real store: a decision written once stands everywhere it is asked for, under the law of its day."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.decision_errors import DecisionUnclear, DecisionWithoutEnd
from desktop_app.domain.errors import FormFinished, FormHasGaps
from desktop_app.domain.forms import Address, Row
from desktop_app.services import deadlines, forms, printing, timeline
from desktop_app.services.audit import check_store, events
from desktop_app.services.case_reading import stored_file
from desktop_app.services.forms import Edit, FormView, save
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

GRANTED = {
    "decided_on": "2026-11-20",
    "kind": "final",
    "intervention": "protected_housing",
    "intervention_words": "Skyddat boende dygnet runt",
    "outcome": "granted",
    "starts": "2026-11-21",
    "ends": "2027-02-28",
    "legal_ground": "sol_11_1",
    "legal_with": "sol_9_5",
    "motivation": "Hotet är högt och personen kan inte bo kvar.",
    "delegate": "Chef Chefsson, enhetschef",
}


def draft(session: Session, case_id: str, **changes: str) -> FormView:
    forms.begin_anew(session, case_id, "F09")
    return typed(session, case_id, "F09", **{**GRANTED, **changes}).view


def decided(session: Session, case_id: str, **changes: str) -> FormView:
    draft(session, case_id, **changes)
    return forms.finish(session, case_id, "F09").view


def file_of(session: Session, case_id: str) -> CaseFile:
    with session.reading() as stores:
        return stored_file(session, stores, stores.cases.by_id(case_id))


def rows_of(session: Session, case_id: str) -> tuple[Row, ...]:
    return file_of(session, case_id).rows("decisions")


def told(session: Session, case_id: str, row: Row, **texts: str) -> None:
    typed_row(session, case_id, "F40", "decisions", row.id, **texts)


def test_a_decision_is_written_once_and_stands_in_register_economy_criteria_and_timeline(session: Session):
    case_id = opened_case(session)
    decided(session, case_id)
    [row] = rows_of(session, case_id)
    assert row.cell("law").value == "SoL (2025:400)"
    assert row.cell("ground").value == "11 kap. 1 § och 9 kap. 5–6 §§ SoL (2025:400)"
    assert row.cell("motivation").value == GRANTED["motivation"]
    funding = answers(forms.open_form(session, case_id, "F12"))
    assert funding["decision_on"].value == date(2026, 11, 20)
    assert funding["decision_ground"].value == row.cell("ground").value
    criterion = file_of(session, case_id).row("criteria", "interventions_decided")
    assert criterion.cell("answer").value == "yes"
    lines = [each for each in timeline.of_case(session, case_id) if each.title == "Beslut: Skyddat boende"]
    assert [str(line.day) for line in lines] == ["2026-11-20"]
    check_store(session)


def test_the_law_of_the_day_decides_which_numbers_are_offered(session: Session):
    case_id = opened_case(session)
    view = draft(session, case_id, decided_on="2025-06-30")
    assert "legal_ground_old" in answers(view)
    assert "legal_ground" not in answers(view)
    assert answers(view)["law"].value == "SoL (2001:453)"
    view = typed(session, case_id, "F09", decided_on="2025-07-01").view
    assert "legal_ground" in answers(view)
    assert "legal_ground_old" not in answers(view)
    assert answers(view)["law"].value == "SoL (2025:400)"


def test_a_decision_under_the_old_law_keeps_its_numbers(session: Session):
    case_id = opened_case(session)
    old = {"decided_on": "2025-03-03", "legal_ground_old": "sol_11_1", "legal_with_old": "sol_13_1"}
    decided(session, case_id, **old)
    [row] = rows_of(session, case_id)
    assert row.cell("ground").value == "4 kap. 1 § och 5 kap. 11 § SoL (2001:453)"
    assert row.cell("law").value == "SoL (2001:453)"
    paper = text_of(printing.preview(session, case_id, "F09", "client"))
    assert "4 kap. 1 §" in paper
    assert "11 kap. 1 § SoL (2025:400)" not in paper


def test_several_decisions_stand_side_by_side_and_the_latest_is_told_on(session: Session):
    case_id = opened_case(session)
    decided(session, case_id, decided_on="2026-11-02", kind="during_investigation", ends="2026-11-30")
    decided(session, case_id)
    decided(session, case_id, decided_on="2026-11-10", intervention="debt_advice", outcome="refused")
    rows = rows_of(session, case_id)
    assert [row.cell("kind").value for row in rows] == ["during_investigation", "final", "final"]
    file = file_of(session, case_id)
    assert file.value("support.decision_on") == date(2026, 11, 20)
    assert file.value("events.interim_decided_on") == date(2026, 11, 2)
    assert file.value("events.interim_ends_on") == date(2026, 11, 30)
    assert file.value("decision.last_on") == date(2026, 11, 20)
    lines = [entry.title for entry in timeline.of_case(session, case_id) if entry.kind.value == "decision"]
    assert len([line for line in lines if "Beslut" in line]) >= 3
    tell("law", "3 decisions in one case: 3 rows, the newest granted one stands in F12")


def test_an_interim_decision_needs_its_last_day(session: Session):
    case_id = opened_case(session)
    view = draft(session, case_id, kind="during_investigation", ends="")
    assert "doubts.decision_no_end" in {doubt.text_key for doubt in view.doubts}
    with pytest.raises(DecisionWithoutEnd):
        forms.finish(session, case_id, "F09")
    assert rows_of(session, case_id) == ()
    typed(session, case_id, "F09", ends="2026-12-31")
    forms.finish(session, case_id, "F09")
    assert len(rows_of(session, case_id)) == 1


def test_not_known_is_no_decision(session: Session):
    case_id = opened_case(session)
    draft(session, case_id)
    typed(session, case_id, "F09", outcome="")
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F09")
    unknown(session, case_id, "outcome")
    with pytest.raises(DecisionUnclear):
        forms.finish(session, case_id, "F09")
    assert rows_of(session, case_id) == ()


def unknown(session: Session, case_id: str, link_id: str) -> None:
    view = forms.open_form(session, case_id, "F09")
    save(session, case_id, "F09", view.revision, [Edit(Address(link_id), without_value(AnswerState.UNKNOWN))])


def test_a_refusal_leaves_money_and_criteria_alone(session: Session):
    case_id = opened_case(session)
    decided(session, case_id, outcome="refused")
    file = file_of(session, case_id)
    assert file.value("support.decision_on") is None
    assert not file.row("criteria", "interventions_decided").cell("answer").is_given
    assert len(file.rows("decisions")) == 1


def test_how_to_appeal_is_told_but_not_for_what_is_not_appealed_so(session: Session):
    case_id = opened_case(session)
    usual = draft(session, case_id)
    assert "how_to_appeal" in answers(usual)
    assert "tre veckor" in text_of(printing.preview(session, case_id, "F09", "client"))
    other = typed(session, case_id, "F09", legal_ground="sol_11_4", legal_with="").view
    assert "how_to_appeal" not in answers(other)
    assert "appeal_other" in {gap.address.link_id for gap in other.gaps}
    assert "tre veckor" not in text_of(printing.preview(session, case_id, "F09", "client"))


def test_an_unsure_section_is_told_before_the_decision(session: Session):
    case_id = opened_case(session)
    sure = draft(session, case_id)
    assert "doubts.decision_unsure_ground" not in {doubt.text_key for doubt in sure.doubts}
    unsure = draft(session, case_id, decided_on="2025-01-10", legal_ground_old="sol_12_1")
    assert "doubts.decision_unsure_ground" in {doubt.text_key for doubt in unsure.doubts}


def test_the_police_read_neither_name_nor_reasons_of_a_decision(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    typed_row(session, case_id, "F02", "consents", recipient="police", may_disclose="yes", may_obtain="yes")
    decided(session, case_id)
    funding = text_of(printing.preview(session, case_id, "F09", "police_funding"))
    person = text_of(printing.preview(session, case_id, "F09", "client"))
    for words in ("Klara Kastanj", "kan inte bo kvar", "förvaltningsrätten"):
        assert words in person
        assert words not in funding
    assert "11 kap. 1 §" in funding


def test_a_made_decision_is_frozen_but_told_on_follows(session: Session):
    case_id = opened_case(session)
    decided(session, case_id)
    [row] = rows_of(session, case_id)
    with pytest.raises(FormFinished):
        typed(session, case_id, "F09", motivation="Något annat")
    typed(session, case_id, "F09", told_on="2026-11-22", told_how="handed_over")
    [row] = rows_of(session, case_id)
    assert row.cell("told_on").value == date(2026, 11, 22)
    assert "2026-11-22" in text_of(printing.preview(session, case_id, "F09", "client"))


def test_nobody_adds_changes_or_removes_a_decision_by_hand(session: Session):
    case_id = opened_case(session)
    decided(session, case_id)
    [row] = rows_of(session, case_id)
    with pytest.raises(KeyError):
        forms.add_row(session, case_id, "F40", "decisions")
    with pytest.raises(KeyError):
        forms.remove_row(session, case_id, "F40", "decisions", row.id)
    with pytest.raises(KeyError):
        told(session, case_id, row, outcome="refused")
    told(session, case_id, row, carried_out_on="2026-11-21")
    assert rows_of(session, case_id)[0].cell("carried_out_on").value == date(2026, 11, 21)


def test_the_log_has_one_line_with_names_alone(session: Session):
    case_id = opened_case(session)
    decided(session, case_id)
    [event] = [each for each in events(session, case_id) if each.text_key == "events.decision.made"]
    assert {"decided_on", "motivation", "ground"} <= set(event.params["fields"].split(", "))
    assert "högt" not in repr(event)


def test_what_was_hidden_when_a_form_was_finished_stays_hidden(session: Session):
    """The ground chosen first is hidden by the day typed later; the finished form shows what the draft showed."""
    case_id = opened_case(session)
    draft(session, case_id)
    shown = typed(session, case_id, "F09", decided_on="2025-03-03", legal_ground_old="sol_11_1").view
    made = forms.finish(session, case_id, "F09").view
    told_later = {"told_on", "told_how", "carried_out_on"}
    assert set(answers(made)) == set(answers(shown)) | told_later
    assert "legal_ground" not in answers(made)


def deadline(session: Session, case_id: str, words: str) -> list[tuple[str, str]]:
    """The day and state of the deadlines whose title begins so."""
    found = [each for each in deadlines.of_case(session, case_id) if each.title.startswith(words)]
    return [(str(each.due), str(each.state)) for each in found]


def test_a_refusal_told_of_starts_the_time_to_appeal_for_that_decision(session: Session):
    case_id = opened_case(session)
    decided(session, case_id, outcome="refused")
    assert deadline(session, case_id, "Sista dag att överklaga") == []
    typed(session, case_id, "F09", told_on="2026-11-21", told_how="sent")
    assert deadline(session, case_id, "Sista dag att överklaga") == [("2026-12-12", "open")]


def test_two_decisions_have_a_time_each_to_be_carried_out(session: Session):
    case_id = opened_case(session)
    decided(session, case_id, decided_on="2026-11-02")
    decided(session, case_id, decided_on="2026-11-20", intervention="debt_advice")
    wanted = "Verkställ beslutet"
    assert sorted(deadline(session, case_id, wanted)) == [("2027-02-02", "open"), ("2027-02-20", "open")]
    first = rows_of(session, case_id)[0]
    told(session, case_id, first, carried_out_on="2026-11-10")
    assert sorted(deadline(session, case_id, wanted)) == [("2027-02-02", "settled"), ("2027-02-20", "open")]
    assert deadline(session, case_id, "Beslutet slutar gälla")[0] == ("2027-02-28", "open")
    tell("law", "2 decisions: 2 deadlines to carry out, one settled by its own day alone")


def test_a_decision_noted_by_hand_keeps_its_deadlines(session: Session):
    """The control: without F09 the days of F40 count, as before."""
    case_id = opened_case(session)
    typed(session, case_id, "F40", decision_on="2026-11-02", decision_told_on="2026-11-20")
    assert deadline(session, case_id, "Sista dag att överklaga beslutet") == [("2026-12-11", "open")]
    assert deadline(session, case_id, "Verkställ beslutet") == [("2027-02-02", "open")]
