"""The form's state, without a screen: nothing typed is lost, whatever the store answers and when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, answered, as_typed
from desktop_app.domain.changes import Kind, changed
from desktop_app.domain.errors import AppError, DiskFull, FormFinished, FormHasGaps, StaleRevision
from desktop_app.domain.forms import (
    Address,
    FilledForm,
    FilledItem,
    FilledSection,
    FormDefinition,
    Item,
    PageHead,
    ResponseStatus,
    Row,
    Section,
)
from desktop_app.domain.values import ItemType
from desktop_app.services import forms as real
from desktop_app.services.forms import Edit, FormView, Saved
from desktop_app.services.library import load_library
from ui.presenters.answer_words import column_sum, editing_text
from ui.presenters.form_listener import Saving
from ui.presenters.form_presenter import FormPresenter

TODAY = date(2026, 11, 22)
NAME, DAY, COSTS = Address("name"), Address("day"), "costs"
ITEMS = (
    Item(link_id="name", type=ItemType.TEXT, text_key="t.name"),
    Item(link_id="day", type=ItemType.DATE, text_key="t.day"),
    Item(
        link_id=COSTS,
        type=ItemType.REPEAT,
        text_key="t.costs",
        columns=(Item(link_id="amount", type=ItemType.MONEY, text_key="t.amount", sums=True),),
    ),
)
DEFINITION = FormDefinition(
    id="F99", slug="try", version=1, text_key="t", sections=(Section(id="s", text_key="t.s", items=ITEMS),)
)
HEAD = PageHead(
    municipality="", unit="", caseworker="", case_code=None, registry_number=None, dated=None, is_draft=True
)


@dataclass
class Store:
    """The services' side: one form, kept in two dictionaries."""

    revision: int = 0
    status: ResponseStatus = ResponseStatus.DRAFT
    answers: dict[str, Answer] = field(default_factory=dict)
    rows: dict[str, dict[str, Answer]] = field(default_factory=dict)
    removed: dict[str, dict[str, Answer]] = field(default_factory=dict)
    saves: list[Sequence[Edit]] = field(default_factory=list)
    fails: list[AppError] = field(default_factory=list)

    read = staticmethod(real.read)
    fault_key = staticmethod(real.fault_key)

    def open_form(self, session: object, case_id: str, form_id: str) -> FormView:
        rows = tuple(Row(row_id, dict(cells)) for row_id, cells in self.rows.items())
        filled = FilledForm(
            definition=DEFINITION,
            head=HEAD,
            sections=(
                FilledSection(
                    DEFINITION.sections[0],
                    (
                        *(FilledItem(item, self.answers.get(item.link_id, EMPTY)) for item in ITEMS[:2]),
                        FilledItem(ITEMS[2], rows=rows),
                    ),
                ),
            ),
        )
        return FormView(
            case_id=case_id,
            case_code="K-2026-001",
            response_id="r",
            revision=self.revision,
            status=self.status,
            filled=filled,
            gaps=(),
            doubts=(),
            saved_at=datetime(2026, 11, 22, 14, 32, tzinfo=UTC) if self.saves else None,
            recipients=(),
        )

    def save(
        self, session: object, case_id: str, form_id: str, revision: int, edits: Sequence[Edit]
    ) -> Saved:
        if self.fails:
            raise self.fails.pop(0)
        if self.status is ResponseStatus.FINISHED:
            raise FormFinished
        if revision != self.revision:
            raise StaleRevision
        for edit in edits:
            place = self.rows[edit.address.row_id] if edit.address.row_id else self.answers
            place[edit.address.column or edit.address.link_id] = edit.answer
        self.saves.append(edits)
        return self._moved_on()

    def add_row(self, session: object, case_id: str, form_id: str, link_id: str) -> Saved:
        row_id = f"r{len(self.rows) + 1}"
        self.rows[row_id] = {}
        return replace(self._moved_on(), row_id=row_id)

    def remove_row(self, session: object, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
        self.removed[row_id] = self.rows.pop(row_id)
        return self._moved_on()

    def restore_row(self, session: object, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
        self.rows[row_id] = self.removed.pop(row_id)
        return self._moved_on()

    def finish(self, session: object, case_id: str, form_id: str) -> Saved:
        if not self.answers:
            raise FormHasGaps(count=1)
        self.status = ResponseStatus.FINISHED
        return self._moved_on()

    def begin_anew(self, session: object, case_id: str, form_id: str) -> Saved:
        self.status = ResponseStatus.DRAFT
        return self._moved_on()

    def _moved_on(self) -> Saved:
        self.revision += 1
        return Saved(view=self.open_form(None, "c", "F99"), changes=changed(Kind.FORM, case_id="c"))


@dataclass
class Desk:
    """Runs calls when told to, so that a test can type while one is under way."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def run(
        self,
        service: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        def call() -> None:
            try:
                result = service(None, *args)
            except AppError as error:
                failed(error)
            else:
                done(result)

        self.waiting.append(call)

    def work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class Listener:
    """Writes down what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: self.told.append((name, args))

    def names(self) -> list[str]:
        return [name for name, _args in self.told]


@dataclass
class Scene:
    """A presenter with all it talks to."""

    store: Store
    desk: Desk
    listener: Listener
    form: FormPresenter


@pytest.fixture
def scene() -> Scene:
    store, desk, listener = Store(), Desk(), Listener()
    form = FormPresenter(load_library(), desk.run, lambda: TODAY, listener, services=store)
    form.open("c", "F99")
    desk.work()
    return Scene(store, desk, listener, form)


def save(scene: Scene) -> None:
    scene.form.flush()
    scene.desk.work()


def test_a_typed_answer_is_read_shown_and_saved(scene: Scene):
    scene.form.edited(DAY, "20261122")
    assert scene.form.saving() is Saving.WAITING
    assert "save_later" in scene.listener.names()
    save(scene)
    assert scene.store.answers["day"] == answered(TODAY)
    assert scene.form.field(DAY).text == "2026-11-22"
    assert scene.form.saving() is Saving.SAVED
    assert scene.form.is_settled


def test_a_date_that_cannot_be_read_is_kept_and_saved_as_typed_and_may_be_mended(scene: Scene):
    scene.form.edited(DAY, "i våras")
    state = scene.form.field(DAY)
    assert (state.text, state.fault_key) == ("i våras", "answers.date.shape")
    save(scene)
    assert scene.store.answers["day"] == as_typed("i våras")
    assert scene.form.field(DAY).text == "i våras"
    scene.form.edited(DAY, "2026-03-01")
    save(scene)
    assert scene.store.answers["day"] == answered(date(2026, 3, 1))
    assert scene.form.field(DAY).fault_key is None


def test_an_erased_answer_is_empty_again(scene: Scene):
    scene.form.edited(NAME, "Alva")
    save(scene)
    scene.form.edited(NAME, "  ")
    save(scene)
    assert scene.store.answers["name"] == EMPTY


def test_typing_during_a_save_waits_its_turn_and_is_not_lost(scene: Scene):
    scene.form.edited(NAME, "A")
    scene.form.flush()
    scene.form.edited(NAME, "Alva")
    scene.form.edited(DAY, "2026-01-02")
    scene.form.flush()
    assert len(scene.desk.waiting) == 1, "one call at a time"
    scene.desk.work()
    assert [len(edits) for edits in scene.store.saves] == [1, 2]
    assert scene.store.answers == {"name": answered("Alva"), "day": answered(date(2026, 1, 2))}


def test_typing_during_a_save_stays_on_screen_when_the_answer_comes(scene: Scene):
    scene.form.edited(NAME, "A")
    scene.form.flush()
    scene.form.edited(NAME, "Alva")
    scene.desk.work()
    assert scene.form.field(NAME).text == "Alva"
    assert scene.form.saving() is Saving.WAITING


def test_a_form_that_moved_on_elsewhere_gets_the_edits_again(scene: Scene):
    scene.store.revision = 7
    scene.store.answers["day"] = answered(TODAY)
    scene.form.edited(NAME, "Alva")
    save(scene)
    assert scene.store.answers == {"name": answered("Alva"), "day": answered(TODAY)}
    assert "failed" not in scene.listener.names()


def test_a_full_disk_keeps_what_was_typed_and_the_next_save_takes_it(scene: Scene):
    scene.store.fails = [DiskFull()]
    scene.form.edited(NAME, "Alva")
    save(scene)
    assert scene.form.saving() is Saving.FAILED
    assert scene.form.field(NAME).text == "Alva"
    assert "failed" in scene.listener.names()
    save(scene)
    assert scene.store.answers["name"] == answered("Alva")
    assert scene.form.saving() is Saving.SAVED


def test_what_waited_for_a_failed_save_is_not_done(scene: Scene):
    scene.store.fails = [DiskFull()]
    scene.form.edited(NAME, "Alva")
    acts: list[str] = []
    scene.form.after_saving(lambda: acts.append("print"))
    scene.desk.work()
    assert acts == []


def test_an_act_after_saving_sees_everything_saved(scene: Scene):
    scene.form.edited(NAME, "Alva")
    seen: list[Answer] = []
    scene.form.after_saving(lambda: seen.append(scene.store.answers["name"]))
    scene.desk.work()
    assert seen == [answered("Alva")]
    assert scene.form.is_settled


@pytest.mark.parametrize("state", [AnswerState.UNKNOWN, AnswerState.NOT_ASKED, AnswerState.DECLINED])
def test_a_quiet_choice_is_saved_as_itself_and_is_not_no(scene: Scene, state: AnswerState):
    scene.form.set_state(NAME, state)
    save(scene)
    assert scene.store.answers["name"] == Answer(state)
    assert scene.form.field(NAME).text == ""
    scene.form.edited(NAME, "Alva")
    save(scene)
    assert scene.store.answers["name"] == answered("Alva")


def test_rows_are_added_filled_removed_and_brought_back(scene: Scene):
    scene.form.add_row(COSTS)
    scene.desk.work()
    assert ("row_added", (COSTS, "r1")) in scene.listener.told
    scene.form.edited(Address(COSTS, "r1", "amount"), "1 200,50")
    scene.form.remove_row(COSTS, "r1")
    scene.desk.work()
    assert scene.form.rows(COSTS) == ()
    scene.form.restore_row(COSTS, "r1")
    scene.desk.work()
    row = scene.form.rows(COSTS)[0]
    assert editing_text(ITEMS[2].columns[0], row.cell("amount")) == "1\u00a0200,50"
    assert column_sum(ITEMS[2].columns[0], scene.form.rows(COSTS)) == "1\u00a0200,50\u00a0kr"


def test_undo_goes_back_over_fields_and_redo_forward(scene: Scene):
    scene.form.edited(NAME, "A")
    scene.form.edited(NAME, "Al")
    save(scene)
    scene.form.edited(DAY, "2026-01-02")
    assert scene.form.undo() == DAY
    assert scene.form.field(DAY).text == ""
    assert scene.form.undo() == NAME
    assert scene.form.field(NAME).text == "", "typing on in a field is one step"
    assert scene.form.undo() is None
    assert scene.form.redo() == NAME
    save(scene)
    assert scene.store.answers["name"] == answered("Al")
    assert scene.store.answers["day"] == EMPTY


def test_undo_remembers_fifty_steps(scene: Scene):
    for number in range(60):
        scene.form.edited(NAME, f"name {number}")
        scene.form.history.rest()
    steps = 0
    while scene.form.undo() is not None:
        steps += 1
    assert steps == 50


def test_undo_brings_a_removed_row_back_with_what_stood_in_it(scene: Scene):
    scene.form.add_row(COSTS)
    scene.desk.work()
    scene.form.edited(Address(COSTS, "r1", "amount"), "1 200,50")
    save(scene)
    scene.form.remove_row(COSTS, "r1")
    scene.desk.work()
    assert scene.form.undo() == Address(COSTS)
    scene.desk.work()
    assert [row.id for row in scene.form.rows(COSTS)] == ["r1"]
    assert scene.form.undo() == Address(COSTS, "r1", "amount"), "the step before the removal"
    assert scene.form.redo() == Address(COSTS, "r1", "amount")
    assert scene.form.redo() == Address(COSTS)
    scene.desk.work()
    assert scene.form.rows(COSTS) == ()


def test_undo_takes_an_added_row_away_again(scene: Scene):
    scene.form.add_row(COSTS)
    scene.desk.work()
    assert scene.form.undo() == Address(COSTS)
    scene.desk.work()
    assert scene.form.rows(COSTS) == ()
    assert scene.form.undo() is None


def test_a_finished_form_is_not_changed(scene: Scene):
    scene.form.edited(NAME, "Alva")
    scene.form.finish()
    scene.desk.work()
    assert scene.form.is_finished
    scene.form.edited(NAME, "Bo")
    assert scene.form.field(NAME).text == "Alva"
    scene.form.begin_anew()
    scene.desk.work()
    assert not scene.form.is_finished


def test_a_form_finished_elsewhere_keeps_what_was_typed_until_it_is_begun_anew(scene: Scene):
    scene.form.edited(NAME, "Alva")
    scene.store.status = ResponseStatus.FINISHED
    save(scene)
    assert scene.form.is_finished
    assert scene.form.field(NAME).text == "Alva"
    scene.form.begin_anew()
    save(scene)
    assert scene.store.answers["name"] == answered("Alva")


def test_gaps_stop_the_finish_and_are_told(scene: Scene):
    scene.form.finish()
    scene.desk.work()
    assert isinstance(
        scene.listener.told[-1][1][0] if scene.listener.told[-1][0] == "failed" else None, FormHasGaps
    )


def test_the_words_about_saving_exist_for_every_state(scene: Scene):
    texts = load_library().texts
    key, params = scene.form.saving_words()
    assert texts.get(key, **params)
    scene.form.edited(NAME, "Alva")
    save(scene)
    key, params = scene.form.saving_words()
    assert params["time"] in texts.get(key, **params)
    assert all(texts.has(f"form_page.saving.{state.value}") for state in Saving)


def test_a_change_made_elsewhere_is_fetched_and_typing_stays(scene: Scene):
    scene.form.edited(NAME, "Alva")
    scene.store.answers["day"] = answered(TODAY)
    scene.form.renew()
    scene.desk.work()
    assert scene.form.field(DAY).text == "2026-11-22"
    assert scene.form.field(NAME).text == "Alva"
