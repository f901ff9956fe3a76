"""Before a paper leaves the house: what it withholds and tells, and that nothing goes unread."""

import pytest

from desktop_app.domain.disclosure_check import HitKind
from desktop_app.domain.disclosure_errors import DisclosureNotTicked
from desktop_app.domain.forms import Sensitivity
from desktop_app.domain.recipient_profiles import Reason
from desktop_app.services.audit import events
from desktop_app.services.disclosure_check import check
from desktop_app.services.kept_prints import issued
from desktop_app.services.printing import issue
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row

REASON = "Ring 070-1740605. Bor hos Majas mormor i ystad; dottern Sol går på Ekorrskolan, född 1997-05-16."


def case_with(session: Session, **changes: str) -> str:
    case_id = opened_case(session)
    intake(session, case_id, **{"secure_contact": "070-174 06 05", "whereabouts": "Ystad", **changes})
    typed_row(session, case_id, "F25", "ties", name="Sol Kastanj", role="child", address="Ekorrskolan")
    typed_row(session, case_id, "F25", "ties", name="Maja Ekdal", role="other", phone="0411-55 66 77")
    typed_row(session, case_id, "F25", "ties", name="Karin Polisdotter", role="bops_officer")
    typed(session, case_id, "F03", recipient_unit="LPO", reason=REASON, wanted_place="Biblioteket")
    return case_id


def told(session: Session, case_id: str, recipient: str = "local_police") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for hit in check(session, case_id, "F03", recipient).hits:
        found.setdefault(hit.kind.value, set()).add(hit.words)
    return found


def test_fields_and_running_text_are_told_with_their_places(session: Session):
    case_id = case_with(session)
    police_consent(session, case_id)
    found = told(session, case_id)
    assert found["phone"] == {"070-1740605"}
    assert found["municipality"] == {"ystad"}
    assert found["name_in_text"] == {"Majas", "Sol"}, "who works with the case gives nobody away"
    assert {"Biblioteket", "070-174 06 05"} <= found["place"]
    assert "Ekorrskolan" in found["place"]
    assert "identity" not in found or found["identity"] == {"1997-05-16"}
    for hit in check(session, case_id, "F03", "local_police").hits:
        assert hit.address.link_id in {"reason", "wanted_place", "secure_contact", "safe_times"}
        assert hit.address.link_id != "reason" or hit.words in hit.around


def test_the_person_is_looked_for_where_the_name_is_withheld(session: Session):
    case_id = case_with(session)
    typed(session, case_id, "F03", reason="Klara vill lämna. Kastanjs mor vet.")
    assert told(session, case_id)["name_in_text"] == {"Klara", "Kastanjs"}
    police_consent(session, case_id)
    assert "Klara" not in told(session, case_id).get("name_in_text", set())
    withheld = check(session, case_id, "F03", "local_police").withheld
    assert withheld == ()


@pytest.mark.parametrize(
    ("protection", "consent", "reason"),
    [
        ("none", None, Reason.NO_CONSENT),
        ("none", "needs", Reason.CONSENT_NARROWER),
        ("", "", Reason.PROTECTION_UNKNOWN),
        ("protected_registration", "", Reason.PROTECTED),
    ],
)
def test_what_is_withheld_is_told_with_its_reason(session: Session, protection, consent, reason):
    case_id = case_with(session, protected_identity=protection)
    if consent is not None:
        police_consent(session, case_id, **({"data_kinds": consent} if consent else {}))
    found = {each.address.link_id: each for each in check(session, case_id, "F03", "local_police").withheld}
    assert {"name", "identity_number", "secure_contact", "wanted_place"} <= set(found)
    assert {each.reason for each in found.values()} == {reason}
    assert found["name"].sensitivity is Sensitivity.IDENTITY


def test_nothing_leaves_before_it_is_read(session: Session):
    case_id = case_with(session)
    police_consent(session, case_id)
    found = check(session, case_id, "F03", "local_police")
    some = frozenset(hit.id for hit in found.hits[1:])
    for ticked in (frozenset[str](), some):
        with pytest.raises(DisclosureNotTicked) as stopped:
            issue(session, case_id, "F03", "local_police", ticked=ticked)
        assert stopped.value.params == {"count": len(found.hits) - len(ticked)}
    assert issued(session, case_id) == ()
    made = issue(session, case_id, "F03", "local_police", ticked=some | {found.hits[0].id})
    [line] = [each for each in events(session, case_id) if each.text_key == "events.disclosure.checked"]
    assert made.pdf
    written = " ".join(line.params.values())
    assert f"ställen:{len(found.hits)}" in written
    assert not any(hit.words in written for hit in found.hits)
    assert not any(hit.id.rpartition("#")[2] in written for hit in found.hits)


def test_a_tick_is_for_the_words_that_stood_there(session: Session):
    case_id = case_with(session)
    police_consent(session, case_id)
    ticked = frozenset(hit.id for hit in check(session, case_id, "F03", "local_police").hits)
    typed(session, case_id, "F03", reason=f"{REASON} Numret 0411 55 66 77 går till kiosken.")
    [left] = check(session, case_id, "F03", "local_police").not_ticked(ticked)
    assert (left.kind, left.words) == (HitKind.PHONE, "0411 55 66 77")


def test_what_stays_in_the_house_is_not_held_up(session: Session):
    case_id = case_with(session)
    found = check(session, case_id, "F01")
    assert found.hits == ()
    assert issue(session, case_id, "F01").pdf


def test_without_the_list_of_what_is_known_the_text_would_pass(session: Session, monkeypatch):
    """The control: the same paper with nothing known of the case has no hit in its running text."""
    from desktop_app.domain.known_words import KnownWords
    from desktop_app.services import disclosure_check

    case_id = case_with(session)
    police_consent(session, case_id)
    assert any(hit.around for hit in check(session, case_id, "F03", "local_police").hits)
    monkeypatch.setattr(disclosure_check, "known_words", lambda *_a, **_k: KnownWords(()))
    assert not any(hit.around for hit in check(session, case_id, "F03", "local_police").hits)
