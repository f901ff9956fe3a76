"""Own files tied by code (JO 523-2010): the tie says that two belong together and carries nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.domain.answers import answered
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.tie_errors import AlreadyTied, TiedToItself
from desktop_app.domain.ties import Relation
from desktop_app.services import case_links, forms
from desktop_app.services.audit import check_store, events
from desktop_app.services.case_reading import stored_file
from desktop_app.services.new_cases import NewCase, TieTo, new_case, open_case
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, typed_row
from tests.helpers.figures import tell

SHEET = "F25"
NAME, PHONE, PLACE = "Syskona Påhittsdotter", "070-174 06 99", "Påhittsvägen 9"


def paper(session: Session, case_id: str) -> str:
    pages = PdfReader(BytesIO(preview(session, case_id, SHEET))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def person(session: Session, case_id: str, **cells: str) -> str:
    return typed_row(
        session,
        case_id,
        SHEET,
        "ties",
        **{"name": NAME, "role": "sibling", "phone": PHONE, "address": PLACE, **cells},
    )


def facts(session: Session, case_id: str) -> Mapping[str, object]:
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
    return {key: answer.value for key, answer in file.facts.items()} | {
        name: rows for name, rows in file.registers.items() if rows and name in ("ties", "consents")
    }


def test_an_own_file_opened_from_a_case_holds_the_tie_and_nothing_of_the_other_person(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    row_id = person(session, case_id)
    before = facts(session, case_id)
    made = open_case(
        session, NewCase(kind=CaseKind.RELATIVE, tie=TieTo(case_id, Relation.SIBLING, tie_row=row_id))
    )
    assert facts(session, made.case_id) == {"fact.role": "relative"}, "nothing came along"
    assert "client.name" in before, "the control: there was something that could have"
    (there,) = case_links.links(session, case_id)
    (back,) = case_links.links(session, made.case_id)
    assert (there.code, there.kind, there.relation_key) == (
        made.code,
        CaseKind.RELATIVE,
        "tables.case_relation.sibling",
    )
    assert (back.case_id, back.protected) == (case_id, False)
    assert there.protected, "of the new person nothing is known, and unknown is protected"
    row = next(r for r in forms.open_form(session, case_id, SHEET).filled.items() if r.item.rows_from).rows[0]
    assert row.cell("case_code") == answered(made.code)
    assert {event.text_key for event in events(session, made.case_id)} >= {
        "events.case.opened",
        "events.case.tied",
    }
    check_store(session)
    tell("JO 523-2010", "an own file opened from another holds 0 of the other person's facts")


def test_a_row_that_is_gone_is_not_brought_back_by_an_own_case(session: Session):
    case_id = opened_case(session)
    row_id = person(session, case_id)
    forms.remove_row(session, case_id, SHEET, "ties", row_id)
    open_case(session, NewCase(tie=TieTo(case_id, Relation.OTHER, tie_row=row_id)))
    assert "ties" not in facts(session, case_id)


def test_a_kind_says_the_role_where_it_follows_and_the_caseworkers_word_goes_first(session: Session):
    kinds = {kind: new_case(session, kind=kind).case_id for kind in CaseKind}
    assert facts(session, kinds[CaseKind.LEAVER]) == facts(session, kinds[CaseKind.CHILD]) == {}
    assert facts(session, kinds[CaseKind.VICTIM]) == {"fact.role": "victim"}
    made = new_case(session, kind=CaseKind.VICTIM, answers={"fact.role": answered("leaver")})
    assert facts(session, made.case_id) == {"fact.role": "leaver"}


def test_cases_are_tied_by_code_in_any_writing_and_untied_and_tied_again(session: Session):
    one, two = new_case(session), new_case(session)
    case_links.link(session, one.case_id, f" {two.code.lower()} ", Relation.PARENT)
    (link,) = case_links.links(session, two.case_id)
    assert link.relation_key == "tables.case_relation.child"
    case_links.unlink(session, link.link_id)
    assert case_links.links(session, one.case_id) == case_links.links(session, two.case_id) == ()
    case_links.relink(session, link.link_id)
    assert case_links.links(session, two.case_id) == (link,)
    kinds = [event.text_key for event in events(session, two.case_id)]
    assert [kinds.count(f"events.case.{kind}") for kind in ("tied", "untied", "retied")] == [1, 1, 1]


def test_what_cannot_be_tied_is_refused_and_changes_nothing(session: Session):
    one, two = new_case(session), new_case(session)
    with pytest.raises(TiedToItself):
        case_links.link(session, one.case_id, one.code, Relation.OTHER)
    with pytest.raises(CaseNotFound):
        case_links.link(session, one.case_id, "K-2019-999", Relation.OTHER)
    with pytest.raises(CaseNotFound):
        case_links.link(session, one.case_id, "kalle", Relation.OTHER)
    case_links.link(session, one.case_id, two.code, Relation.OTHER)
    (link,) = case_links.links(session, one.case_id)
    with pytest.raises(AlreadyTied):
        case_links.link(session, two.case_id, one.code, Relation.SIBLING)
    case_links.unlink(session, link.link_id)
    case_links.link(session, two.case_id, one.code, Relation.SIBLING)
    with pytest.raises(AlreadyTied):
        case_links.relink(session, link.link_id)
    assert len(case_links.links(session, one.case_id)) == 1


@pytest.mark.parametrize("protection", ["none", "protected_registration", None])
def test_the_sheet_names_others_only_when_the_person_is_known_not_to_be_protected(
    session: Session, protection: str | None
):
    case_id = opened_case(session)
    if protection is not None:
        intake(session, case_id, protected_identity=protection)
    person(session, case_id, may_know="needs", may_not_know="var hen bor")
    words = paper(session, case_id)
    named = [each for each in (NAME, PHONE, PLACE) if each in words]
    assert named == ([NAME, PHONE, PLACE] if protection == "none" else [])
    assert "Syskon" in words
    assert "UTKAST" not in words, "a sheet that is kept up is no draft"


def test_the_lines_of_guardians_are_asked_for_a_child_alone(session: Session):
    child, grown = opened_case(session), opened_case(session)
    intake(session, child, identity_number="", birth_year="2012")
    intake(session, grown, birth_year="1990")

    def tables(case_id: str) -> list[str | None]:
        return [each.item.rows_from for each in forms.open_form(session, case_id, SHEET).filled.items()]

    assert "guardian_lines" in tables(child)
    assert "guardian_lines" not in tables(grown)
