"""Protected identity: the level is read honestly, asking is logged by name alone, and every print says the level."""

import re

import pytest

from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.protection import Protection
from desktop_app.services import protection
from desktop_app.services.audit import events
from desktop_app.services.case_reading import read_case
from desktop_app.services.forms import open_form
from desktop_app.services.printing import NAMES, preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, typed
from tests.helpers.figures import tell
from tests.printing.reading import pages_of

BANNER = re.compile("Skyddade personuppgifter: (sekretessmarkering|skyddad folkbokföring|fingerade)")

LEVELS = {
    "confidentiality_mark": "sekretessmarkering",
    "protected_registration": "skyddad folkbokföring",
    "assumed_identity": "fingerade personuppgifter",
}


def words_of(pdf: bytes) -> list[str]:
    return [" ".join(page.split()) for page in pages_of(pdf)]


def level(session: Session, case_id: str) -> Protection:
    with session.reading() as stores:
        return protection.protection_of(read_case(session, stores, stores.cases.by_id(case_id)).file)


@pytest.mark.parametrize("code", ["none", *LEVELS])
def test_each_answer_is_its_own_level(session: Session, code: str) -> None:
    case_id = opened_case(session)
    intake(session, case_id, protected_identity=code)
    assert level(session, case_id) == code
    assert level(session, case_id).hides is (code != "none")


def test_nobody_asked_and_a_quiet_choice_are_unknown_and_never_none(session: Session) -> None:
    case_id = opened_case(session)
    assert level(session, case_id) is Protection.UNKNOWN
    assert level(session, case_id).hides
    assert not level(session, case_id).is_known_protected
    assert Protection.read("a code from later") is Protection.UNKNOWN
    assert Protection.read(None) is Protection.UNKNOWN


def test_asking_is_logged_by_field_and_never_by_what_it_holds(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="assumed_identity")
    protection.reveal(session, case_id, ("secure_contact", "whereabouts"), "F01")
    event = next(event for event in events(session, case_id) if event.params["kind"] == protection.SHOWN)
    assert event.params["fields"] == "secure_contact, whereabouts"
    assert "frivården" not in str(event).casefold()


def test_asking_in_a_case_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(CaseNotFound):
        protection.reveal(session, "nowhere", ("name",))


def test_every_page_of_every_form_says_the_level_in_words(session: Session) -> None:
    forms = [form.id for form in session.library.forms]
    count = 0
    for code, words in {**LEVELS, "none": "", "": "är inte utrett"}.items():
        case_id = opened_case(session)
        if code:
            intake(session, case_id, protected_identity=code)
        for form_id in forms:
            pages = words_of(preview(session, case_id, form_id))
            count += len(pages)
            for page in pages:
                shown = page.split("Skydd", 1)[-1] if words else page
                assert ("Skydd" in page and words in shown) if words else not BANNER.search(page), form_id
    tell("P4.D1", f"{count} printed pages of {len(forms)} forms, each with the level of protection")


def test_the_walk_over_the_pages_sees_one_without_its_mark(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    assert not any("sekretessmarkering" in page for page in words_of(preview(session, case_id, "F01")))


def test_a_preview_leaves_out_names_in_the_discreet_mode_and_the_paper_keeps_them(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    seen = " ".join(words_of(preview(session, case_id, "F01")))
    unseen = " ".join(words_of(preview(session, case_id, "F01", None, NAMES)))
    assert "Klara Kastanj" in seen
    assert "Klara" not in unseen
    assert "19970516" not in unseen.replace("-", "")
    assert "Stugan vid sjön" in unseen, "a place is not a name"
    assert "Dold på skärmen" in unseen


@pytest.mark.parametrize("code", ["", *LEVELS])
def test_no_print_names_or_places_a_person_who_is_or_may_be_protected(session: Session, code: str) -> None:
    case_id = opened_case(session)
    typed(session, case_id, "F01", name="Klara Kastanj", whereabouts="Stugan vid sjön")
    if code:
        typed(session, case_id, "F01", protected_identity=code)
    for form in (form for form in session.library.forms if not form.kept_apart):
        printed = " ".join(words_of(preview(session, case_id, form.id)))
        assert "Kastanj" not in printed
        assert "Stugan" not in printed


def test_whether_names_are_hidden_on_the_screen_is_kept_and_not_logged(session: Session) -> None:
    case_id = opened_case(session)
    before = len(events(session, case_id))
    assert not protection.kept_discretion(session)
    protection.keep_discretion(session, "on")
    assert protection.kept_discretion(session)
    protection.keep_discretion(session, "")
    assert not protection.kept_discretion(session)
    assert len(events(session, case_id)) == before


def test_the_level_stands_at_the_head_of_a_form(session: Session) -> None:
    case_id = opened_case(session)
    assert open_form(session, case_id, "F01").filled.head.protection is Protection.UNKNOWN
    intake(session, case_id, protected_identity="confidentiality_mark")
    assert open_form(session, case_id, "F02").filled.head.protection is Protection.CONFIDENTIALITY_MARK
