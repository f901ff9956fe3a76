"""Ctrl+Z in a form, without a screen: over fields, and rows that came and went."""

import pytest

from desktop_app.domain.answers import EMPTY, answered
from desktop_app.domain.forms import (
    Address,
)
from tests.helpers.form_scene import COSTS, DAY, NAME, Scene, fresh_scene, save


@pytest.fixture
def scene() -> Scene:
    return fresh_scene()


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
