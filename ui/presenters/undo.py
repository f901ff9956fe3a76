"""The last changes of a form, newest last, so that Ctrl+Z works across fields."""

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


class History:
    """Steps back and steps forward. Typing on in one field is one step until ``rest`` is called."""

    def __init__(self) -> None:
        self._back: list[Step] = []
        self._forward: list[Step] = []
        self._open = False

    def note(self, address: Address, before: Answer, after: Answer) -> None:
        """Remember a change; it joins the step before it while the typing goes on in the same field."""
        self._forward.clear()
        if self._open and self._back and self._back[-1].address == address:
            self._back[-1] = Step(address, self._back[-1].before, after)
            return
        self._back = [*self._back[1 - STEPS :], Step(address, before, after)]
        self._open = True

    def rest(self) -> None:
        """End the step that typing is in: the next change is a step of its own."""
        self._open = False

    def back(self) -> Step | None:
        """Take the newest step back, ``None`` when there is none."""
        self._open = False
        if not self._back:
            return None
        self._forward.append(self._back.pop())
        return self._forward[-1]

    def forward(self) -> Step | None:
        """Take again the step last taken back, ``None`` when there is none."""
        self._open = False
        if not self._forward:
            return None
        self._back.append(self._forward.pop())
        return self._back[-1]

    def forget_row(self, link_id: str, row_id: str) -> None:
        """Drop the steps of a row that is gone."""
        self._back = [s for s in self._back if not _of_row(s, link_id, row_id)]
        self._forward = [s for s in self._forward if not _of_row(s, link_id, row_id)]


def _of_row(step: Step, link_id: str, row_id: str) -> bool:
    return step.address.link_id == link_id and step.address.row_id == row_id
