"""What was typed in a form and does not stand in its view yet, from the key to the fresh view. No Qt.

It waits, is under way to the store, is kept there while the typing goes on, and stands in the view once that is read
anew: at the first rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Address


class TypedAnswers:
    """Answers by address. The newest of an address is the one that counts."""

    def __init__(self) -> None:
        self._waiting: dict[Address, Answer] = {}
        self._under_way: dict[Address, Answer] = {}
        self._kept: dict[Address, Answer] = {}

    def put(self, address: Address, answer: Answer) -> None:
        """Take an answer that was typed."""
        self._waiting[address] = answer

    def find(self, address: Address) -> Answer | None:
        """Return what was typed at an address, ``None`` where the view tells all."""
        for answers in (self._waiting, self._under_way, self._kept):
            if address in answers:
                return answers[address]
        return None

    @property
    def waiting(self) -> Iterable[Address]:
        """Where something waits to be sent to the store."""
        return self._waiting.keys()

    @property
    def is_under_way(self) -> bool:
        """Whether something has been sent and not been answered."""
        return bool(self._under_way)

    @property
    def is_kept(self) -> bool:
        """Whether something stands in the store that the view does not show."""
        return bool(self._kept)

    def unsaved(self) -> Mapping[Address, Answer]:
        """Return what the store has not confirmed."""
        return {**self._under_way, **self._waiting}

    def send(self) -> Mapping[Address, Answer]:
        """Send what waits; return it."""
        self._under_way, self._waiting = self._waiting, {}
        return self._under_way

    def keep(self) -> None:
        """Note that the store has what was sent, and that the view is not read anew yet."""
        self._kept.update(self._under_way)
        self._under_way = {}

    def come_back(self) -> None:
        """Let what the store refused wait again, below what was typed since."""
        self._waiting = {**self._under_way, **self._waiting}
        self._under_way = {}

    def show(self) -> None:
        """Note that a fresh view shows all that the store has; views come only while nothing else is under way."""
        self._kept, self._under_way = {}, {}

    def drop_row(self, link_id: str, row_id: str) -> None:
        """Forget what waits in a row that is gone."""
        gone = [each for each in self._waiting if (each.link_id, each.row_id) == (link_id, row_id)]
        for address in gone:
            del self._waiting[address]
