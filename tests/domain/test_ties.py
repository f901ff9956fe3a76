"""Ties between files: read from either side they say the same, and each has words."""

import pytest

from desktop_app.domain.cases import OF_PERSONS, CaseKind
from desktop_app.domain.ties import OFFICIALS, CaseLink, Relation, relation_of
from desktop_app.services.library import load_library
from tests.helpers.clock import NOON

LIBRARY = load_library()


@pytest.mark.parametrize("relation", Relation)
def test_a_tie_read_from_the_other_side_and_back_is_the_same(relation: Relation):
    assert relation.reversed.reversed is relation
    link = CaseLink(
        id="l", case_id="a", other_case_id="b", relation=relation, made_at=NOON, made_by="caseworker"
    )
    assert link.seen_from("a") == ("b", relation)
    assert link.seen_from("b") == ("a", relation.reversed)


def test_a_parents_child_has_a_parent():
    assert Relation.PARENT.reversed is Relation.CHILD
    assert Relation.SIBLING.reversed is Relation.SIBLING


def test_codes_of_the_tables_are_those_of_the_code():
    assert set(LIBRARY.table("case_relation")) == {relation.value for relation in Relation}
    assert set(LIBRARY.table("case_kind")) == {kind.value for kind in OF_PERSONS}
    assert set(LIBRARY.table("tie_role")) > OFFICIALS


def test_every_role_gives_a_tie_and_only_the_near_ones_a_kind_of_their_own():
    ties = {role: relation_of(role) for role in LIBRARY.table("tie_role")}
    assert ties["guardian"] is ties["parent"] is Relation.PARENT
    assert ties["friend"] is Relation.RELATIVE
    assert Relation.CHILD.likely_kind is CaseKind.CHILD
    assert Relation.SIBLING.likely_kind is CaseKind.RELATIVE


def test_what_is_known_of_third_parties_goes_on_no_form_with_a_recipient():
    kept = {register.id for register in LIBRARY.schema.registers.values() if register.kept_in_file}
    assert kept >= {"ties", "guardian_lines"}
    carrying = [f.id for f in LIBRARY.forms for i in f.items() if i.rows_from in kept]
    assert carrying
    assert not any(LIBRARY.form(form_id).recipients for form_id in carrying)
