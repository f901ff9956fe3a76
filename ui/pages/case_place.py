"""Where one is in a case, as plain JSON, so that a lock, a crash or a detour leads back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState
from desktop_app.domain.forms import Address
from ui.presenters.answer_words import editing_text
from ui.presenters.form_listener import Saving
from ui.presenters.form_presenter import FormPresenter

Typed = tuple[Address, AnswerState, str]
"""An answer that could not be saved yet: where, which state, and the text as it is typed."""


@dataclass(frozen=True, slots=True)
class StepPlace:
    """Which step of the guide a form is shown for, and whether one came there from the overview."""

    id: str = ""
    from_overview: bool = False


@dataclass(frozen=True, slots=True)
class CasePlace:
    """The step, which list is shown instead of its form, how far it is scrolled, and where the caret stands."""

    form_id: str
    shows: str = ""
    scroll: int | None = 0
    """``None``: as far as the field that gets the focus needs."""
    focus: Address | None = None
    caret: dict[str, int] = field(default_factory=dict)
    unsaved: tuple[Typed, ...] = ()
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What ``CaseThings.place`` told, as plain JSON."""
    walk: dict[str, Any] | None = None
    """Where in the guide one is; empty for the whole form, ``None`` where nobody says."""
    step: StepPlace = StepPlace()
    ref: str = ""
    """What to go to in the thing; once there it is the thing's own to tell."""

    def as_json(self) -> dict[str, Any]:
        """Return the place as it stands in a desk note."""
        return {
            "form_id": self.form_id,
            "shows": self.shows,
            "scroll": self.scroll,
            "focus": list(_parts(self.focus)) if self.focus is not None else None,
            "caret": self.caret,
            "unsaved": [[*_parts(address), state.value, text] for address, state, text in self.unsaved],
            "things": self.things,
            "walk": self.walk,
            "step": [self.step.id, self.step.from_overview],
        }


def wanted_place(form_id: str | None, at: Sequence[str], thing: str, ref: str) -> CasePlace:
    """Return the place of a field (``at``: its address) or of something in a thing that somebody asks for."""
    focus = Address(*at) if at else None
    return CasePlace(form_id or "", thing, None, focus, ref=ref)


def place_from(raw: object) -> CasePlace:
    """Return the place a desk note tells; an empty one when it tells none that is known here."""
    if not isinstance(raw, dict):
        return CasePlace("")
    try:
        return CasePlace(
            form_id=str(raw["form_id"]),
            shows=str(raw["shows"]),
            scroll=int(raw["scroll"]) if raw["scroll"] is not None else None,
            focus=Address(*map(str, raw["focus"])) if raw["focus"] is not None else None,
            caret={str(name): int(value) for name, value in raw["caret"].items()},
            unsaved=tuple(
                (Address(link_id, row_id, column), AnswerState(state), str(text))
                for link_id, row_id, column, state, text in raw["unsaved"]
            ),
            things={str(name): dict(kept) for name, kept in (raw.get("things") or {}).items()},
            step=_step(raw.get("step")),
            walk=dict(raw["walk"]) if raw.get("walk") is not None else None,
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return CasePlace("")


def _step(raw: object) -> StepPlace:
    """Return the step of a place; none where nobody says."""
    if not isinstance(raw, list) or len(raw) != len(StepPlace.__dataclass_fields__):
        return StepPlace()
    return StepPlace(str(raw[0]), bool(raw[1]))


def _parts(address: Address) -> tuple[str, str, str]:
    return address.link_id, address.row_id, address.column


def unsaved_in(presenter: FormPresenter) -> tuple[Typed, ...]:
    """Return what is typed and could not be saved. What only waits its turn is not kept twice."""
    if not presenter.is_open or presenter.saving() is not Saving.FAILED:
        return ()
    return tuple(
        (at, each.state, editing_text(presenter.item_at(at), each))
        for at, each in presenter.unsaved().items()
    )


def take_up(presenter: FormPresenter, unsaved: tuple[Typed, ...]) -> None:
    """Take up again what ``unsaved_in`` returned; what the form no longer asks is passed over."""
    for address, state, text in unsaved:
        try:
            presenter.item_at(address)
        except KeyError:
            continue
        if state in NO_VALUE_STATES:
            presenter.set_state(address, state)
        else:
            presenter.edited(address, text)
