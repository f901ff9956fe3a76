"""What can be done in the case that is in view: its steps, its things, and every button of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.services.guide import GuideView
from ui.desk import Desk
from ui.pages.case_things import THINGS
from ui.presenters.commands import Command
from ui.presenters.key_table import told_keys
from ui.widgets.button_commands import button_commands


def case_commands(
    desk: Desk,
    overview: GuideView,
    open_step: Callable[..., object],
    open_thing: Callable[[str], object],
    print_form: Callable[[], object] | None,
    shown: Iterable[QWidget],
) -> Iterator[Command]:
    """Return the commands; ``shown`` are the parts whose buttons are offered, fields not among them."""
    text = desk.text
    place = text("moving.place.case", code=overview.summary.code)
    if print_form is not None:
        yield Command("print", text("moving.act.print"), print_form, place, told_keys("print", desk.texts))
    for step in overview.steps:
        words = text("moving.command.step", step=step.title)
        yield Command(f"step.{step.id}", words, lambda step_id=step.id: open_step(step_id), place)
        for form_id in step.forms[1:]:
            title = text(f"{desk.library.form(form_id).text_key}.title")
            words = text("guide.overview.open_form", verb=text("guide.overview.open"), form=title)
            act = partial(open_step, step.id, form_id)
            yield Command(f"step.{step.id}.{form_id}", words, act, place)
    for name in THINGS:
        words = text("moving.command.thing", thing=text(f"form_page.rail.{name}"))
        yield Command(f"thing.{name}", words, lambda name=name: open_thing(name), place)
    for number, part in enumerate(shown):
        for command in button_commands(part, place):
            yield replace(command, name=f"{number}.{command.name}")
