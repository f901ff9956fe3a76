"""The walk through a form, by plain definitions: the order, the way back, and that no answer is ever lost on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, answered, without_value
from desktop_app.domain.conditions import Comparison, Operator, Truth
from desktop_app.domain.forms import FilledItem, FilledSection, Item, Section, Width
from desktop_app.domain.values import ItemType
from tests.helpers.figures import rounds, tell
from ui.presenters.guide_pages import GuidePage, heading, is_heading_enough, pages_of, why
from ui.presenters.guide_walk import OVERVIEW, GuideWalk, PageState, state_of


def item(
    link_id: str, kind: ItemType = ItemType.YES_NO, *, width: Width = Width.FULL, hangs_on: str = ""
) -> Item:
    shown = Comparison(hangs_on, Operator.EQUAL, "yes") if hangs_on else None
    return Item(link_id=link_id, type=kind, text_key=f"t.{link_id}", width=width, enable_when=shown)


def section(section_id: str, *items: Item, asked: tuple[str, ...] = ()) -> Section:
    return Section(
        id=section_id, text_key=f"t.{section_id}", items=items, asked=tuple(tuple(a.split()) for a in asked)
    )


@dataclass
class Paper:
    """A form that is being filled in: its sections, and the answers as the store has them."""

    sections: tuple[Section, ...]
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def order(self) -> list[str]:
        return [each.link_id for part in self.sections for each in part.items]

    def shown(self) -> list[FilledSection]:
        return [
            FilledSection(
                part,
                tuple(
                    FilledItem(i, self.answers.get(i.link_id, EMPTY)) for i in part.items if self.is_shown(i)
                ),
            )
            for part in self.sections
        ]

    def is_shown(self, each: Item) -> bool:
        if each.enable_when is None:
            return True
        return each.enable_when.judge(lambda key: self.answers.get(key, EMPTY).value).truth is Truth.YES

    def pages(self) -> tuple[GuidePage, ...]:
        return pages_of(self.shown(), asks, self.order)


def asks(each: Item) -> bool:
    return each.type not in (ItemType.INFO, ItemType.SIGNATURE) and not each.read_only


def ids(pages: tuple[GuidePage, ...]) -> list[str]:
    return [" ".join(entry.item.link_id for entry in page.entries) for page in pages]


class Words:
    """Texts of which only these keys exist."""

    def __init__(self, **words: str) -> None:
        self._words = {key.replace("__", "."): said for key, said in words.items()}

    def get(self, key: str, **_params: object) -> str:
        return self._words[key]

    def has(self, key: str) -> bool:
        return key in self._words


HALF, THIRD = Width.HALF, Width.THIRD
INFO, SIGN = ItemType.INFO, ItemType.SIGNATURE


def test_a_question_stands_alone_and_small_ones_stand_together():
    paper = Paper((section("s", item("a"), item("b", width=HALF), item("c", width=HALF), item("d")),))
    assert ids(paper.pages()) == ["a", "b c", "d"]


def test_no_page_asks_more_than_four_unless_the_form_says_so():
    five = tuple(item(name, width=THIRD) for name in "abcde")
    assert ids(Paper((section("s", *five),)).pages()) == ["a b c d", "e"]
    assert ids(Paper((section("s", *five, asked=("a b c d e",)),)).pages()) == ["a b c d e"]


def test_the_form_may_say_what_is_asked_together_also_across_others():
    parts = section("s", item("a"), item("b"), item("c"), asked=("a c",))
    assert ids(Paper((parts,)).pages()) == ["a c", "b"]


def test_pages_never_reach_over_sections():
    parts = section("s", item("a", width=HALF)), section("t", item("b", width=HALF))
    assert ids(Paper(parts).pages()) == ["a", "b"]


def test_a_question_that_hangs_on_another_comes_below_it_when_its_time_comes():
    paper = Paper((section("s", item("danger"), item("called", hangs_on="danger"), item("next")),))
    assert ids(paper.pages()) == ["danger", "next"]
    paper.answers["danger"] = answered("yes")
    assert ids(paper.pages()) == ["danger called", "next"]


def test_words_to_read_stand_with_the_question_after_them_and_signatures_are_not_asked():
    parts = section("s", item("note", INFO), item("a"), item("last", INFO), item("name", SIGN))
    assert ids(Paper((parts,)).pages()) == ["note a last"]
    assert ids(Paper((section("s", item("name", SIGN)),)).pages()) == []


def test_what_is_reckoned_stands_with_its_question_once_it_says_something():
    reckoned = replace(item("sum"), read_only=True)
    paper = Paper((section("s", reckoned, item("a")),))
    assert ids(paper.pages()) == ["a"]
    paper.answers["sum"] = answered("12 kr")
    assert ids(paper.pages()) == ["sum a"]


def test_the_heading_is_the_question_itself_the_words_of_the_group_or_the_title_of_the_section():
    paper = Paper(
        (section("s", item("a"), item("x", hangs_on="a"), item("b", width=HALF), item("c", width=HALF)),)
    )
    words = Words(t__s__title="Fara", t__a__label="Akut fara?", t__a__why="Skydd först.", t__b__label="B")
    first, second = paper.pages()
    assert (heading(first, words), why(first, words)) == ("Akut fara?", "Skydd först.")
    assert is_heading_enough(first, words)
    assert (heading(second, words), why(second, words)) == ("Fara", "")
    own = Words(
        t__s__title="Fara",
        t__s__asked__b__title="När och var?",
        t__s__asked__b__why="Därför.",
        t__b__label="B",
    )
    assert (heading(second, own), why(second, own)) == ("När och var?", "Därför.")
    paper.answers["a"] = answered("yes")
    assert heading(paper.pages()[0], words) == "Akut fara?", "a question that comes below changes no heading"


def walk_at(paper: Paper, link_id: str = "") -> GuideWalk:
    walk = GuideWalk()
    walk.take(paper.pages())
    if link_id:
        assert walk.go_to(link_id)
    return walk


FIVE = (section("s", *(item(name) for name in "abc")), section("t", *(item(name) for name in "de")))


def test_forth_through_all_to_the_overview_and_back_again():
    walk = walk_at(Paper(FIVE), "a")
    seen = []
    while walk.page is not None:
        seen.append((walk.page.id, walk.progress.number, walk.progress.count))
        walk.forward()
    assert seen == [(name, place, 5) for place, name in enumerate("abcde", start=1)]
    back = []
    while walk.can_go_back:
        walk.back()
        back.append(walk.page.id if walk.page else OVERVIEW)
    assert back == list("edcba")


def test_a_change_from_the_overview_leads_back_there_both_ways():
    walk = walk_at(Paper(FIVE))
    for leave in (walk.forward, walk.back):
        assert walk.change("c")
        assert walk.returns
        leave()
        assert walk.page is None
        assert not walk.returns


def test_one_begins_at_the_first_question_without_an_answer_and_at_the_overview_when_all_are_answered():
    paper = Paper(FIVE, {"a": answered("no"), "b": without_value(AnswerState.DECLINED)})
    walk = walk_at(paper)

    def is_answered(page: GuidePage) -> bool:
        return page_state(page, paper) in (PageState.ANSWERED, PageState.NO_ANSWER)

    walk.begin(is_answered)
    assert walk.page is not None
    assert walk.page.id == "c"
    paper.answers |= {name: answered("yes") for name in "cde"}
    walk.begin(is_answered)
    assert walk.page is None


def page_state(page: GuidePage, paper: Paper) -> PageState:
    return state_of(page, lambda entry: paper.answers.get(entry.item.link_id, EMPTY), lambda _link_id: ())


def test_the_state_of_a_page_tells_a_word_for_no_answer_from_an_answer_and_from_nothing():
    paper = Paper((section("s", item("a", width=HALF), item("b", width=HALF)),))
    page = paper.pages()[0]
    assert page_state(page, paper) is PageState.OPEN
    paper.answers["a"] = without_value(AnswerState.UNKNOWN)
    assert page_state(page, paper) is PageState.BEGUN
    paper.answers["b"] = without_value(AnswerState.NOT_ASKED)
    assert page_state(page, paper) is PageState.NO_ANSWER
    paper.answers["b"] = answered("yes")
    assert page_state(page, paper) is PageState.ANSWERED


def test_a_place_is_kept_as_json_and_found_again_also_when_its_question_is_gone():
    paper = Paper(
        (section("s", item("a"), item("b"), item("c", hangs_on="a"), item("d")),), {"a": answered("yes")}
    )
    apart = (replace_asked(paper, ("a", "b", "c", "d")),)
    paper = Paper(apart, paper.answers)
    walk = walk_at(paper, "c")
    kept = walk.as_json()
    again = GuideWalk()
    again.stand_where(kept)
    again.take(paper.pages())
    assert again.page is not None
    assert again.page.id == "c"
    paper.answers["a"] = answered("no")
    again.take(paper.pages())
    assert again.page.id == "d", "the next that is left"


def replace_asked(paper: Paper, asked: tuple[str, ...]) -> Section:
    part = paper.sections[0]
    return section(part.id, *part.items, asked=asked)


# Random walks: whatever one does, one stands somewhere, everything asked can be reached, and no answer is touched.

NAMES = "abcdefgh"
VALUES = (
    answered("yes"),
    answered("no"),
    without_value(AnswerState.UNKNOWN),
    without_value(AnswerState.DECLINED),
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    items = []
    for place, name in enumerate(NAMES[: draw(st.integers(2, len(NAMES)))]):
        hangs_on = draw(st.sampled_from(["", "", *NAMES[:place]]))
        items.append(item(name, width=draw(st.sampled_from(tuple(Width))), hangs_on=hangs_on))
    cut = draw(st.integers(1, len(items)))
    parts = [section("s", *items[:cut]), section("t", *items[cut:])]
    return Paper(tuple(parts))


def steps() -> st.SearchStrategy[list[tuple[str, str, Answer]]]:
    acts = st.sampled_from(["forward", "back", "look_over", "change", "go_to", "answer", "leave"])
    return st.lists(st.tuples(acts, st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=25)


def do(walk: GuideWalk, paper: Paper, act: str, name: str) -> GuideWalk:
    """One act of the person at the guide; to leave is to come back with a walk made of what was kept."""
    if act in ("change", "go_to"):
        getattr(walk, act)(name)
    elif act == "leave":
        kept, walk = walk.as_json(), GuideWalk()
        walk.take(paper.pages())
        walk.stand_where(kept)
    else:
        getattr(walk, act)()
    return walk


def lost_on(walk_it: object, paper: Paper, script: list[tuple[str, str, Answer]]) -> list[str]:
    """Walk, and return the questions whose answers are not what was last given."""
    walk, given = walk_at(paper), dict[str, Answer]()
    for act, name, value in script:
        if act == "answer":
            if walk.page is not None and walk.page.holds(name):
                paper.answers[name] = given[name] = value
        else:
            walk = walk_it(walk, paper, act, name)
        walk.take(paper.pages())
        assert walk.page is None or walk.page in walk.pages
        assert walk.page is not None or not walk.returns
    return [name for name, value in given.items() if paper.answers.get(name) != value]


@given(papers(), steps())
@settings(max_examples=rounds(150, 3_000), deadline=None)
def test_no_walk_touches_an_answer_and_every_shown_question_stands_on_exactly_one_page(
    paper: Paper, script: list[tuple[str, str, Answer]]
):
    assert lost_on(do, paper, script) == []
    shown = [entry.item.link_id for part in paper.shown() for entry in part.items]
    asked = [each.link_id for page in paper.pages() for each in page.asked]
    assert sorted(asked) == sorted(shown)
    walk, reached = walk_at(paper), []
    if walk.pages:
        walk.go_to(walk.pages[0].id)
    while walk.page is not None:
        reached += [each.link_id for each in walk.page.asked]
        walk.forward()
    assert reached == asked
    assert [page.place for page in paper.pages()] == sorted(page.place for page in paper.pages())


def test_the_walk_that_blanks_an_answer_on_the_way_back_is_found():
    """The control."""

    def forgets(walk: GuideWalk, paper: Paper, act: str, name: str) -> GuideWalk:
        if act == "back" and walk.page is not None:
            paper.answers.pop(walk.page.id, None)
        return do(walk, paper, act, name)

    script = [("go_to", "b", EMPTY), ("answer", "b", answered("yes")), ("back", "b", EMPTY)]
    assert lost_on(forgets, Paper(FIVE), script) == ["b"]
    assert lost_on(do, Paper(FIVE), script) == []
    tell(
        "G5.1",
        "answers lost on random walks through the guide: 0; the walk that forgets loses 1 and is found",
    )
