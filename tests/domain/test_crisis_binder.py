"""What a sheet of the crisis binder may carry: every class and type of question at every level."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from desktop_app.domain.answers import AnswerState, answered, as_typed, without_value
from desktop_app.domain.crisis_binder import BinderPlan, Level, at_level, level_for, without_empty
from desktop_app.domain.forms import FilledForm, FilledItem, FilledSection, Item, Row, Sensitivity
from desktop_app.domain.printed_content import content_digest, may_be_compared
from desktop_app.domain.values import ItemType
from tests.printing.samples import form_of, form_with, item_of

PLAN = BinderPlan(
    cover="F51",
    sheet="F99",
    blank=(),
    sections={"only": Level.CODES_ONLY},
    later={},
    stale_after_days=30,
)
TYPES = [each for each in ItemType if each not in (ItemType.REPEAT, ItemType.INFO, ItemType.SIGNATURE)]
SECRET = "Klara Kastanj"


def shown(item: Item, level: Level, *, with_places: bool = True) -> list[Item]:
    filled = at_level(form_with([(item, answered(SECRET))]), PLAN, level, with_places=with_places)
    return [entry.item for entry in filled.items()]


@pytest.mark.parametrize(("kind", "sensitivity"), list(product(TYPES, Sensitivity)))
def test_each_class_and_type_stands_where_it_may(kind: ItemType, sensitivity: Sensitivity) -> None:
    item = item_of(kind, sensitivity=sensitivity)
    free = kind in (ItemType.TEXT, ItemType.PARAGRAPH, ItemType.PERSONAL_IDENTITY_NUMBER)
    names_nobody = sensitivity in (Sensitivity.ORDINARY, Sensitivity.POLICE)
    assert bool(shown(item, Level.CODES_ONLY)) == (names_nobody and not free)
    assert bool(shown(item, Level.CONTACTS)) == (names_nobody or sensitivity is Sensitivity.PLACE)
    assert bool(shown(item, Level.CONTACTS, with_places=False)) == names_nobody
    assert shown(item, Level.FULL), "the control: at the highest level everything stands"
    assert bool(shown(replace(item, read_only=True), Level.CODES_ONLY)) == names_nobody


@pytest.mark.parametrize("level", list(Level))
def test_text_that_could_not_be_read_as_a_day_says_nothing_below_full(level: Level) -> None:
    day = item_of(ItemType.DATE)
    repeat = replace(item_of(ItemType.REPEAT, "rows"), columns=(day,))
    definition = form_of(day, repeat)
    items = (
        FilledItem(day, as_typed(SECRET)),
        FilledItem(repeat, rows=(Row("r", {day.link_id: as_typed(SECRET)}),)),
    )
    filled = replace(
        form_with([]), definition=definition, sections=(FilledSection(definition.sections[0], items),)
    )
    assert (SECRET in repr(at_level(filled, PLAN, level, with_places=True))) == (level is Level.FULL)


def test_a_protected_person_stands_no_further_open_than_contacts_without_a_tick() -> None:
    for level, protected, ticked in product(Level, (True, False), (True, False)):
        found = level_for(level, is_protected=protected, names_protected=ticked)
        assert found is (Level.CONTACTS if level is Level.FULL and protected and not ticked else level)
    assert Level.FULL.reaches(Level.CONTACTS)
    assert not Level.CODES_ONLY.reaches(Level.CONTACTS)


def test_a_section_above_the_level_is_gone_and_questions_without_answers_too() -> None:
    plan = replace(PLAN, sections={"only": Level.FULL})
    asked, silent = item_of(ItemType.DATE, "asked"), item_of(ItemType.DATE, "silent")
    filled = form_with([(asked, answered(date(2026, 11, 22))), (silent, as_typed(""))])
    assert at_level(filled, plan, Level.CONTACTS, with_places=True).sections == ()
    assert [each.item for each in without_empty(filled, kept="other").items()] == [asked]
    assert [each.item for each in without_empty(filled, kept="only").items()] == [asked, silent]
    unknown = form_with([(silent, without_value(AnswerState.UNKNOWN))])
    assert list(without_empty(unknown, kept="other").items()), "unknown is said, and is no silence"


def test_the_digest_follows_what_is_filled_in_and_not_the_head() -> None:
    item = item_of(ItemType.TEXT)
    before = form_with([(item, answered("ett"))])
    digests = {
        content_digest(each)
        for each in (before, replace(before, head=replace(before.head, dated="2027-01-01", is_draft=True)))
    }
    assert len(digests) == 1
    others: list[FilledForm] = [
        form_with([(item, answered("två"))]),
        form_with([(item, without_value(AnswerState.UNKNOWN))]),
        form_with([]),
        replace(before, recipient="police"),
    ]
    assert len(digests | {content_digest(each) for each in others}) == 1 + len(others)
    assert may_be_compared(content_digest(before))
    assert not may_be_compared("0:older")
