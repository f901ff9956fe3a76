"""The form's state, without a screen: nothing typed is lost, whatever the store answers and when."""

from datetime import date

import pytest

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, answered, as_typed
from desktop_app.domain.errors import DiskFull, FormHasGaps
from desktop_app.domain.forms import (
    Address,
    ResponseStatus,
)
from desktop_app.services.library import load_library
from tests.helpers.form_scene import COSTS, DAY, ITEMS, NAME, TODAY, Scene, fresh_scene, save
from ui.presenters.answer_words import column_sum, editing_text
from ui.presenters.form_listener import Saving


@pytest.fixture
def scene() -> Scene:
    return fresh_scene()


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


def test_while_one_types_on_a_save_is_only_that_and_at_the_rest_the_form_is_read_anew(scene: Scene):
    scene.form.edited(NAME, "Al")
    scene.form.save_meanwhile()
    scene.desk.work()
    assert scene.store.answers["name"] == answered("Al")
    assert scene.form.saving() is Saving.SAVED
    assert scene.form.saving_words()[1]["time"], "it says when"
    assert scene.form.is_settled
    assert not scene.form.unsaved()
    assert scene.form.field(NAME).text == "Al", "though the view is older"
    assert "stored" not in scene.listener.names()
    scene.form.edited(NAME, "Alva")
    scene.form.save_meanwhile()
    scene.desk.work()
    assert (len(scene.store.saves), scene.store.settled) == (2, 0)
    scene.form.flush()
    scene.desk.work()
    assert (len(scene.store.saves), scene.store.settled) == (2, 1)
    assert scene.listener.names().count("stored") == 1, "everybody hears of it once"
    assert scene.form.field(NAME).text == "Alva"
    scene.form.flush()
    scene.desk.work()
    assert scene.store.settled == 1, "nothing more to show"


def test_a_rest_during_a_save_is_not_forgotten(scene: Scene):
    scene.form.edited(NAME, "Al")
    scene.form.save_meanwhile()
    scene.form.flush()
    scene.desk.work()
    assert scene.store.settled == 1
    assert scene.form.is_settled


def test_what_cannot_be_shown_anew_is_told_once_and_shown_at_the_next_rest(scene: Scene):
    scene.form.edited(NAME, "Al")
    scene.form.save_meanwhile()
    scene.desk.work()
    scene.store.fails.append(DiskFull(place="x"))
    scene.form.flush()
    scene.desk.work()
    assert scene.listener.names().count("failed") == 1
    assert scene.form.saving() is Saving.SAVED
    assert scene.form.field(NAME).text == "Al"
    scene.form.flush()
    scene.desk.work()
    assert scene.store.settled == 2
    assert "stored" in scene.listener.names()


def test_what_was_kept_meanwhile_stands_below_what_could_not_be_saved(scene: Scene):
    scene.form.edited(NAME, "Al")
    scene.form.save_meanwhile()
    scene.desk.work()
    scene.store.fails.append(DiskFull(place="x"))
    scene.form.edited(DAY, "2026-01-02")
    scene.form.save_meanwhile()
    scene.desk.work()
    assert scene.form.saving() is Saving.FAILED
    assert (scene.form.field(NAME).text, scene.form.field(DAY).text) == ("Al", "2026-01-02")
    save(scene)
    assert scene.store.answers == {"name": answered("Al"), "day": answered(date(2026, 1, 2))}
    assert scene.form.saving() is Saving.SAVED


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
