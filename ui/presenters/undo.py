"""The last acts in a form, newest last, so that Ctrl+Z works across fields and brings removed rows back."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Address

STEPS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One answer that became another."""

    address: Address
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class RowStep:
    """One row that was added to a repeat, or removed from it."""

    link_id: str
    row_id: str
    removed: bool


class History:
    """Steps back and steps forward. Typing on in one field is one step until ``rest`` is called."""

    def __init__(self) -> None:
        self._back: list[Step | RowStep] = []
        self._forward: list[Step | RowStep] = []
        self._open = False
        self._about = ""

    def be_about(self, response_id: str) -> None:
        """Forget the steps of another response: a step back would be written in the wrong one."""
        if self._about not in ("", response_id):
            self._back, self._forward, self._open = [], [], False
        self._about = response_id

    def note(self, address: Address, before: Answer, after: Answer) -> None:
        """Remember a change; it joins the step before it while the typing goes on in the same field."""
        self._forward.clear()
        last = self._back[-1] if self._back else None
        if self._open and isinstance(last, Step) and last.address == address:
            self._back[-1] = Step(address, last.before, after)
            return
        self._add(Step(address, before, after))
        self._open = True

    def note_row(self, link_id: str, row_id: str, *, removed: bool) -> None:
        """Remember that a row came or went."""
        self._forward.clear()
        self._add(RowStep(link_id, row_id, removed))
        self._open = False

    def rest(self) -> None:
        """End the step that typing is in: the next change is a step of its own."""
        self._open = False

    def back(self) -> Step | RowStep | None:
        """Take the newest step back, ``None`` when there is none."""
        self._open = False
        if not self._back:
            return None
        self._forward.append(self._back.pop())
        return self._forward[-1]

    def forward(self) -> Step | RowStep | None:
        """Take again the step last taken back, ``None`` when there is none."""
        self._open = False
        if not self._forward:
            return None
        self._back.append(self._forward.pop())
        return self._back[-1]

    def _add(self, step: Step | RowStep) -> None:
        self._back = [*self._back[1 - STEPS :], step]
