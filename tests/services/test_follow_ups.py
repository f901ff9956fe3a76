"""F14 and F15 in a real store: each follow-up for itself, the newest sets the next day, and the end is told."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.errors import FormHasGaps
from desktop_app.domain.forms import Address
from desktop_app.services import deadlines, forms, guide, printing, timeline
from desktop_app.services.case_reading import stored_file
from desktop_app.services.forms import Edit, save
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

DONE = {"kind": "planned", "plan_followed": "yes", "new_crime": "no", "crime_asked_on": "2026-11-17"}


def followed_up(session: Session, case_id: str, day: str, upcoming: str, **changes: str) -> None:
    """Follow up and finish the form."""
    forms.begin_anew(session, case_id, "F14")
    typed(session, case_id, "F14", **{**DONE, "followed_on": day, "next_on": upcoming, **changes})
    forms.finish(session, case_id, "F14")


def fact(session: Session, case_id: str, key: str) -> object:
    with session.reading() as stores:
        return stored_file(session, stores, stores.cases.by_id(case_id)).value(key)


def paper(session: Session, case_id: str, form_id: str, recipient: str) -> str:
    return text_of(printing.preview(session, case_id, form_id, recipient))


def test_each_follow_up_has_a_row_and_the_newest_sets_the_next_day(session: Session):
    case_id = opened_case(session)
    followed_up(session, case_id, "2026-10-20", "2026-11-17")
    followed_up(session, case_id, "2026-11-18", "2026-12-16", plan_followed="partly")
    followed_up(session, case_id, "2026-09-20", "2026-10-20")  # written afterwards: it is not the newest
    assert fact(session, case_id, "events.followed_up_on") == date(2026, 11, 18)
    assert fact(session, case_id, "events.next_follow_up_on") == date(2026, 12, 16)
    [due] = [each for each in deadlines.of_case(session, case_id) if each.title.startswith("Följ upp som")]
    assert str(due.due) == "2026-12-16"
    told = [
        line.title for line in timeline.of_case(session, case_id) if line.title.startswith("Uppföljning:")
    ]
    assert len(told) == 3
    tell("support", "3 follow-ups, one written afterwards: 3 rows, the newest day sets the next")


def test_a_follow_up_that_names_no_next_day_leaves_the_day_that_was_set(session: Session):
    case_id = opened_case(session)
    followed_up(session, case_id, "2026-10-20", "2026-11-17")
    forms.begin_anew(session, case_id, "F14")
    typed(session, case_id, "F14", followed_on="2026-11-18")
    assert fact(session, case_id, "events.followed_up_on") == date(2026, 11, 18)
    assert fact(session, case_id, "events.next_follow_up_on") == date(2026, 11, 17), "it is overdue, and asks"


def test_days_typed_by_hand_stand_until_a_form_gives_them(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F40", followed_up_on="2026-10-01", next_follow_up_on="2026-10-29")
    assert fact(session, case_id, "events.next_follow_up_on") == date(2026, 10, 29)
    followed_up(session, case_id, "2026-10-28", "2026-11-25")
    view = forms.open_form(session, case_id, "F40")
    assert "followed_up_on" not in answers(view), "two places for one day would be two truths"
    assert fact(session, case_id, "events.next_follow_up_on") == date(2026, 11, 25)


def test_a_new_follow_up_begins_empty_and_the_former_stays_as_it_was(session: Session):
    case_id = opened_case(session)
    followed_up(session, case_id, "2026-10-20", "2026-11-17", own_words="Det går bra")
    forms.begin_anew(session, case_id, "F14")
    begun = answers(forms.open_form(session, case_id, "F14"))
    assert not any(begun[name].is_given for name in ("followed_on", "kind", "plan_followed", "own_words"))


def test_a_need_of_the_investigation_is_followed_up_where_it_stands(session: Session):
    case_id = opened_case(session)
    typed_row(session, case_id, "F08", "needs", "debts", need="support", stated="Skulder hos Kronofogden")
    typed_row(session, case_id, "F14", "needs", "debts", met="partly", met_words="Mötet är bokat")
    printed = paper(session, case_id, "F14", "client")
    assert "Behöver stöd" in printed
    assert "Mötet är bokat" in printed
    assert "Mötet är bokat" not in paper(session, case_id, "F08", "client")


def test_what_the_police_say_is_not_on_the_person_s_copy(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    threat = {"level": "high", "nature": "concrete", "assessed_on": "2026-11-02"}
    typed_row(session, case_id, "F46", "threats", **threat)
    typed(session, case_id, "F14", new_crime="yes", crime_asked_on="2026-11-16", followed_on="2026-11-18")
    person, police = (paper(session, case_id, "F14", to) for to in ("client", "police_coordinator"))
    for words in ("Hot och brott enligt polisen", "2026-11-16", "2026-11-02"):
        assert words in police
        assert words not in person
    assert "2026-11-18" in person


def test_not_asked_is_no_no(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F14", **{**DONE, "followed_on": "2026-11-18", "next_on": "2026-12-16"})
    typed(session, case_id, "F14", new_crime="")
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F14")
    view = forms.open_form(session, case_id, "F14")
    not_asked = Edit(Address("new_crime"), without_value(AnswerState.NOT_ASKED))
    save(session, case_id, "F14", view.revision, [not_asked])
    forms.finish(session, case_id, "F14")
    assert answers(forms.open_form(session, case_id, "F14"))["new_crime"].state is AnswerState.NOT_ASKED


CLOSED = {
    "closing_reason": "completed",
    "police_informed": "yes",
    "police_informed_on": "2026-11-19",
    "final_assessment": "Boendet och arbetet håller.",
    "aftercare": "yes",
    "aftercare_until": "2027-05-01",
    "recontact": "yes",
    "recontact_how": "Genom ombudet",
    "closed_on": "2026-11-20",
}


def test_the_end_is_written_once_and_starts_what_follows(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    before = guide.overview(session, case_id).step("closing")
    typed(session, case_id, "F15", **CLOSED)
    forms.finish(session, case_id, "F15")
    step = guide.overview(session, case_id).step("closing")
    assert before is not None
    assert step is not None
    assert (before.form_id, before.status, step.status) == ("F15", "not_started", "done")
    events = answers(forms.open_form(session, case_id, "F40"))
    assert (str(events["closed_on"].value), events["closing_reason"].value) == ("2026-11-20", "completed")
    [due] = [each for each in deadlines.of_case(session, case_id) if str(each.due) == "2031-11-20"]
    assert "16 kap. 1 §" in due.basis


@pytest.mark.parametrize(
    ("person", "words", "not_said"),
    [
        ({"identity_number": "19970516-2387"}, "2031-11-20: fem år efter avslutet", "Kan bevaras"),
        ({"identity_number": "", "birth_year": "2012"}, "När personen fyller 30 år", "fem år efter"),
        ({"identity_number": "", "birth_year": ""}, "Åldern står inte i ärendet", "2042"),
    ],
)
def test_the_day_of_disposal_is_told_and_what_is_not_known_is_said(
    session: Session, person: dict[str, str], words: str, not_said: str
):
    case_id = opened_case(session)
    intake(session, case_id, **person)
    assert not answers(forms.open_form(session, case_id, "F15"))["disposal_from"].is_given
    typed(session, case_id, "F15", **CLOSED)
    told = str(answers(forms.open_form(session, case_id, "F15"))["disposal_from"].value)
    assert words in told
    assert not_said not in told


def test_the_remaining_threat_goes_to_the_police_and_the_judgement_to_the_person(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    typed(session, case_id, "F15", **CLOSED, remaining_threat="Två namngivna personer är kvar")
    person, police = (paper(session, case_id, "F15", to) for to in ("client", "police_coordinator"))
    assert "Två namngivna" in police
    assert "Två namngivna" not in person
    for words in ("Boendet och arbetet håller", "Genom ombudet"):
        assert words in person
        assert words not in police
