"""A form put together with the case: what is shown, what is missing, what a recipient may not see."""

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, answered, as_typed, without_value
from desktop_app.domain.case_file import CaseFile, CaseSchema, RegisterDefinition
from desktop_app.domain.cases import Case
from desktop_app.domain.conditions import Comparison, Operator
from desktop_app.domain.errors import FormFinished
from desktop_app.domain.filling import (
    FINDS_SOMEBODY,
    NOT_FOR_READER,
    WITHHELD,
    Disclosure,
    blank,
    fill,
    frozen,
    gaps,
)
from desktop_app.domain.forms import (
    Address,
    FilledForm,
    FormDefinition,
    FormResponse,
    Item,
    PageHead,
    ResponseStatus,
    Row,
    Section,
    Sensitivity,
)
from desktop_app.domain.stored_answers import StoredAnswer, from_stored, to_stored
from desktop_app.domain.values import ItemType
from tests.helpers.clock import NOON

HEAD = PageHead(
    municipality="Ale kommun",
    unit="",
    caseworker="",
    case_code="K-2026-001",
    registry_number=None,
    dated=None,
    is_draft=True,
)
UNREADABLE = as_typed("i förrgår")


def item(link_id: str, kind: ItemType = ItemType.TEXT, **more: object) -> Item:
    return Item(link_id=link_id, type=kind, text_key=f"x.{link_id}", **more)


def form(*items: Item, **section: object) -> FormDefinition:
    return FormDefinition(
        id="F99",
        slug="x",
        version=1,
        text_key="x",
        sections=(Section(id="s", text_key="x.s", items=items, **section),),
    )


def case_file(**facts: Answer) -> CaseFile:
    return CaseFile(
        case=Case(id="1", code="K-2026-001", opened_at=NOON),
        facts={key.replace("__", "."): answer for key, answer in facts.items()},
    )


def response(**answers: Answer) -> FormResponse:
    return FormResponse(id="r", case_id="1", form_id="F99", form_version=1, answers=answers)


def filled(
    definition: FormDefinition,
    own: FormResponse | None = None,
    file: CaseFile | None = None,
    disclosure: Disclosure | None = None,
) -> FilledForm:
    return fill(definition, own or response(), file or case_file(), HEAD, disclosure or Disclosure())


def shown(form_: FilledForm) -> dict[str, Answer]:
    return {entry.item.link_id: entry.answer for entry in form_.items()}


def missing(form_: FilledForm) -> list[tuple[str, bool]]:
    return [(gap.address.link_id, gap.unreadable) for gap in gaps(form_)]


NAME = item("name", binds="client.name", sensitivity=Sensitivity.IDENTITY)
PLACE = item("whereabouts", binds="client.whereabouts", sensitivity=Sensitivity.PLACE)
KNOWN = case_file(client__name=answered("Anna"), client__whereabouts=answered("Ale"))


def test_a_bound_question_shows_the_case_and_never_an_old_answer_of_its_own():
    own = response(name=answered("Gammal"))
    [entry] = filled(form(NAME), own, KNOWN).items()
    assert (entry.answer.value, entry.from_case) == ("Anna", True)


def test_a_filled_in_question_shows_the_case_until_it_has_an_answer_of_its_own():
    sender = item("sender", fills_from="profile.sender")
    file = case_file(profile__sender=answered("Ale kommun"))
    assert shown(filled(form(sender), file=file))["sender"].value == "Ale kommun"
    assert shown(filled(form(sender), response(sender=answered("Bo")), file))["sender"].value == "Bo"
    assert shown(filled(form(sender), response(sender=UNREADABLE), file))["sender"] == UNREADABLE
    assert shown(filled(form(sender), response(sender=EMPTY), file))["sender"].value == "Ale kommun"


@pytest.mark.parametrize(
    ("answer", "gap"),
    [
        (EMPTY, [("a", False)]),
        (UNREADABLE, [("a", True)]),
        (answered("x"), []),
        *(
            (without_value(state), [])
            for state in AnswerState
            if state.value.startswith(("un", "not", "dec"))
        ),
    ],
)
def test_a_required_answer_is_given_also_by_saying_that_one_does_not_know(answer: Answer, gap):
    assert missing(filled(form(item("a", required=True)), response(a=answer))) == gap


def test_what_cannot_be_read_is_a_gap_also_where_nothing_is_required():
    assert missing(filled(form(item("a")), response(a=UNREADABLE))) == [("a", True)]


def test_gaps_stand_in_reading_order_and_point_at_the_cell():
    table = item(
        "t",
        ItemType.REPEAT,
        required=True,
        columns=(item("who", required=True), item("day", ItemType.DATE)),
    )
    empty = form(item("first", required=True), table)
    assert missing(filled(empty)) == [("first", False), ("t", False)]
    rows = (Row("r1", {"who": answered("x")}), Row("r2", {"day": UNREADABLE}))
    own = replace(response(first=answered("x")), rows={"t": rows})
    found = [(gap.address, gap.unreadable) for gap in gaps(filled(empty, own))]
    assert found == [(Address("t", "r2", "who"), False), (Address("t", "r2", "day"), True)]


ONLY_IF = Comparison("danger", Operator.EQUAL, "yes")


@pytest.mark.parametrize(
    ("answer", "visible"),
    [
        (answered("yes"), True),
        (answered("no"), False),
        (EMPTY, False),
        (without_value(AnswerState.UNKNOWN), False),
    ],
)
def test_a_question_that_depends_on_another_is_shown_only_on_a_known_yes(answer: Answer, visible: bool):
    definition = form(item("danger"), item("called", required=True, enable_when=ONLY_IF))
    result = filled(definition, response(danger=answer))
    assert ("called" in shown(result)) == visible
    assert (("called", False) in missing(result)) == visible, "what is not shown is never missing"


def test_a_section_may_depend_on_the_case():
    child = form(item("guardian"), enable_when=Comparison("derived.is_child", Operator.EQUAL, "yes"))
    assert filled(child).sections == ()
    assert shown(filled(child, file=case_file(derived__is_child=answered("yes"))))


# What may leave the house.


def test_without_leave_to_name_the_answer_is_gone_and_not_just_hidden():
    result = filled(form(NAME, PLACE), file=KNOWN, disclosure=Disclosure(withheld=FINDS_SOMEBODY))
    assert {answer.value for answer in shown(result).values()} == {WITHHELD}
    assert "Anna" not in repr(result)
    assert "'Ale'" not in repr(result)


def test_name_and_place_are_withheld_apart():
    result = shown(
        filled(
            form(NAME, PLACE), file=KNOWN, disclosure=Disclosure(withheld=frozenset({Sensitivity.IDENTITY}))
        )
    )
    assert (result["name"].value, result["whereabouts"].value) == (WITHHELD, "Ale")
    result = shown(
        filled(form(NAME, PLACE), file=KNOWN, disclosure=Disclosure(withheld=frozenset({Sensitivity.PLACE})))
    )
    assert (result["name"].value, result["whereabouts"].value) == ("Anna", WITHHELD)


def test_half_read_names_and_cells_are_withheld_too_and_empty_ones_stay_empty():
    table = item("t", ItemType.REPEAT, columns=(NAME, item("role")))
    rows = {"t": (Row("r1", {"name": answered("Anna"), "role": answered("mor")}), Row("r2"))}
    own = replace(response(), rows=rows)
    file = case_file(client__name=as_typed("Anna?"))
    result = filled(form(NAME, PLACE, table), own, file, Disclosure(withheld=FINDS_SOMEBODY))
    assert "Anna" not in repr(result)
    assert shown(result)["whereabouts"] == EMPTY
    first, second = list(result.items())[2].rows
    assert (first.cell("name").value, first.cell("role").value) == (WITHHELD, "mor")
    assert second.cell("name") == EMPTY


def test_what_is_meant_for_some_recipients_is_gone_for_the_others():
    note = item("note", show_to=frozenset({"bops"}))
    column = item("secret", show_to=frozenset({"bops"}))
    definition = form(note, item("t", ItemType.REPEAT, columns=(item("open"), column)))
    own = replace(
        response(note=answered("inre")),
        rows={"t": (Row("r1", {"open": answered("1"), "secret": answered("hemligt")}),)},
    )
    for recipient, visible in (("bops", True), (None, True), ("local_police", False)):
        result = filled(definition, own, disclosure=Disclosure(recipient=recipient))
        assert ("inre" in repr(result)) == visible
        assert ("hemligt" in repr(result)) == visible


@pytest.mark.parametrize("hidden", [Sensitivity.THIRD_PARTY, Sensitivity.POLICE, Sensitivity.HEALTH])
def test_what_a_reader_is_not_to_have_is_said_to_be_left_out(hidden: Sensitivity):
    own = response(said=answered("Canary"), level=answered("high"))
    asked = form(item("said", sensitivity=hidden), item("level", ItemType.CHOICE, sensitivity=hidden), NAME)
    result = shown(filled(asked, own, KNOWN, Disclosure(withheld=frozenset({hidden}))))
    assert (result["said"].value, result["level"].value) == (NOT_FOR_READER, NOT_FOR_READER)
    assert result["name"].value == "Anna"


def test_one_row_of_a_register_may_be_of_another_class():
    stated = item("stated", sensitivity_by_row={"health": Sensitivity.HEALTH})
    table = item("needs", ItemType.REPEAT, columns=(stated,))
    rows = (
        Row("health", {"stated": answered("Canary")}),
        Row("housing", {"stated": answered("Hyr i andra hand")}),
    )
    own = replace(response(), rows={"needs": rows})
    result = filled(form(table), own, disclosure=Disclosure(withheld=frozenset({Sensitivity.HEALTH})))
    [entry] = result.items()
    assert [row.cell("stated").value for row in entry.rows] == [NOT_FOR_READER, "Hyr i andra hand"]


def test_a_name_that_goes_into_a_finished_form_is_withheld_when_it_is_printed():
    definition = form(NAME)
    finished = frozen(filled(definition, file=KNOWN), response())
    assert finished.answers["name"].value == "Anna"
    printed = filled(
        definition, finished, case_file(), Disclosure(withheld=frozenset({Sensitivity.IDENTITY}))
    )
    assert "Anna" not in repr(printed)


# Finished forms.


def test_a_finished_form_does_not_move_when_the_case_does():
    table = item("t", ItemType.REPEAT, rows_from="consents", columns=(item("recipient"),))
    definition = form(NAME, item("sender", fills_from="profile.sender"), table)
    before = KNOWN.with_facts({"profile.sender": answered("Ale")}).with_rows(
        "consents", (Row("r1", {"recipient": answered("police")}),)
    )
    finished = frozen(filled(definition, file=before), response())
    assert (finished.status, finished.revision) == (ResponseStatus.FINISHED, 1)
    after = case_file(client__name=answered("Beata"), profile__sender=answered("Bo"))
    for file in (after, after.with_rows("consents", (Row("r2", {"recipient": answered("school")}),))):
        assert shown(filled(definition, finished, file)) == shown(filled(definition, finished, before))
        assert list(filled(definition, finished, file).items())[2].rows[0].cell("recipient").value == "police"


@pytest.mark.parametrize(("then", "now"), [("yes", "no"), ("no", "yes"), ("yes", None), (None, "yes")])
def test_nor_do_its_questions_come_and_go(then: str | None, now: str | None):
    departs = Comparison("derived.departs", Operator.EQUAL, "yes")
    table = item("t", ItemType.REPEAT, columns=(item("a"),))
    definition = FormDefinition(
        id="F99",
        slug="x",
        version=1,
        text_key="x",
        sections=(
            Section(id="s", text_key="x.s", items=(NAME, item("why", enable_when=departs))),
            Section(
                id="g",
                text_key="x.g",
                items=(item("guardian", ItemType.SIGNATURE), table),
                enable_when=departs,
            ),
        ),
    )

    def at(value: str | None) -> CaseFile:
        return KNOWN.with_facts({"derived.departs": answered(value)} if value else {})

    shown_then = filled(definition, response(why=answered("därför")), at(then))
    finished = frozen(shown_then, response(why=answered("därför")))
    shown_now = filled(definition, finished, at(now))
    assert list(shown(shown_now)) == list(shown(shown_then))
    assert ("why" in shown(shown_now)) == (then == "yes")


def test_a_finished_form_is_closed_and_a_draft_is_open():
    draft = response()
    draft.must_be_open()
    finished = frozen(filled(form(item("a")), draft), draft)
    with pytest.raises(FormFinished):
        finished.must_be_open()


def test_a_blank_form_shows_every_question_and_its_fixed_rows():
    table = item("t", ItemType.REPEAT, rows_from="criteria", columns=(item("answer"),))
    definition = form(item("danger"), item("called", enable_when=ONLY_IF), table)
    schema = CaseSchema(
        facts={},
        registers={"criteria": RegisterDefinition(id="criteria", columns=(), fixed_rows=("one", "two"))},
    )
    result = blank(definition, schema, HEAD)
    assert list(shown(result)) == ["danger", "called", "t"]
    assert [row.id for row in list(result.items())[2].rows] == ["one", "two"]
    assert all(answer == EMPTY for answer in shown(result).values())


# In the store.


@pytest.mark.parametrize(
    "answer",
    [
        EMPTY,
        UNREADABLE,
        answered(date(2026, 11, 22)),
        *(without_value(s) for s in (AnswerState.UNKNOWN, AnswerState.DECLINED)),
    ],
)
def test_every_kind_of_answer_is_stored_and_read_back(answer: Answer):
    day = item("day", ItemType.DATE)
    assert from_stored(day, to_stored(day, answer)) == answer


@pytest.mark.parametrize("kind", [ItemType.DATE, ItemType.DATETIME, ItemType.NUMBER, ItemType.MONEY])
def test_a_stored_text_that_no_longer_fits_its_type_is_kept_as_typed(kind: ItemType):
    assert from_stored(item("x", kind), StoredAnswer("answered", "tolv ungefär")) == as_typed("tolv ungefär")


def test_there_is_no_word_for_no_value_but_the_four():
    with pytest.raises(ValueError, match="answered"):
        without_value(AnswerState.ANSWERED)
