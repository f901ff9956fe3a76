"""The walk through a form, one page at a time: forth, back, to a question, to the overview. No Qt.

The walk knows where one is and nothing else. It never touches an answer: going back, jumping and questions that
come and go leave everything as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.domain.answers import EMPTY, NO_VALUE_STATES, Answer
from desktop_app.domain.forms import FilledItem, Row
from desktop_app.domain.values import ItemType
from ui.presenters.guide_pages import GuidePage

OVERVIEW = ""
"""Where one is when the answers are looked over."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come: question ``number`` of ``count``."""

    number: int
    count: int


class PageState(StrEnum):
    """How it stands with the questions of a page."""

    OPEN = "open"
    BEGUN = "begun"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    """Only words for why there is no answer."""


class GuideWalk:
    """Holds the place. ``take`` is called whenever questions may have come or gone."""

    def __init__(self) -> None:
        self.pages: tuple[GuidePage, ...] = ()
        self._at = OVERVIEW
        self._place = -1
        self.returns = False
        """True while one question is changed from the overview: from there one goes back to it."""

    @property
    def page(self) -> GuidePage | None:
        """The page one is at, ``None`` at the overview."""
        return next((page for page in self.pages if page.id == self._at), None)

    @property
    def progress(self) -> Progress:
        """Which page it is among how many."""
        page = self.page
        return Progress(self.pages.index(page) + 1 if page is not None else len(self.pages), len(self.pages))

    @property
    def can_go_back(self) -> bool:
        """False at the very first question."""
        page = self.page
        return bool(self.pages) if page is None else self.returns or self.pages.index(page) > 0

    def take(self, pages: Sequence[GuidePage]) -> None:
        """Take the pages there are now. One whose page is gone stands at the next that is left."""
        before = self._at
        self.pages = tuple(pages)
        if before == OVERVIEW or self.page is not None:
            return
        held = next((page for page in self.pages if page.holds(before)), None)
        returns = self.returns
        self._stand(held or next((page for page in self.pages if page.place >= self._place), None))
        self.returns = returns and held is not None

    def begin(self, is_answered: Callable[[GuidePage], bool]) -> None:
        """Go to the first page that lacks an answer, or to the overview when none does."""
        self._stand(next((page for page in self.pages if not is_answered(page)), None))

    def forward(self) -> None:
        """Do what the main button says: on to the next page, or back to the overview one came from."""
        page = self.page
        if page is None:
            return
        after = None if self.returns else self.pages[self.pages.index(page) + 1 :][:1]
        self._stand(after[0] if after else None)

    def back(self) -> None:
        """Go to the page before; from a change, to the overview it began at."""
        page = self.page
        if page is None:
            self._stand(self.pages[-1] if self.pages else None)
        elif self.returns:
            self._stand(None)
        elif self.pages.index(page) > 0:
            self._stand(self.pages[self.pages.index(page) - 1])

    def go_to(self, link_id: str) -> bool:
        """Go to the page where an item stands; tell whether there is one. A change that is under way stays one."""
        page = next((page for page in self.pages if page.holds(link_id)), None)
        if page is None:
            return False
        if page.id != self._at:
            self._stand(page)
        return True

    def change(self, link_id: str) -> bool:
        """Go to a question from the overview; the main button leads back there."""
        if not self.go_to(link_id):
            return False
        self.returns = True
        return True

    def look_over(self) -> None:
        """Go to the overview."""
        self._stand(None)

    def as_json(self) -> dict[str, Any]:
        """Return the place as plain JSON."""
        return {"at": self._at, "place": self._place, "returns": self.returns}

    def stand_where(self, kept: Mapping[str, Any]) -> None:
        """Stand where ``as_json`` told; ``take`` mends a place that is no more. Raises ``KeyError``, ``ValueError``."""
        self._at, self._place = str(kept["at"]), int(kept["place"])
        self.returns = bool(kept["returns"]) and self._at != OVERVIEW
        if self.pages:
            self.take(self.pages)

    def _stand(self, page: GuidePage | None) -> None:
        self._at = OVERVIEW if page is None else page.id
        self._place = -1 if page is None else page.place
        self.returns = False


def state_of(
    page: GuidePage,
    answer_of: Callable[[FilledItem], Answer],
    rows_of: Callable[[str], Iterable[Row]],
) -> PageState:
    """Return how it stands with a page, by the answers as they are on screen."""
    answers = [
        part
        for entry in page.entries
        if entry.item in page.asked
        for part in _parts(entry, answer_of, rows_of)
    ]
    given = [answer for answer in answers if answer.is_given or answer.typed]
    if not given:
        return PageState.OPEN
    if all(answer.state in NO_VALUE_STATES for answer in given) and len(given) == len(answers):
        return PageState.NO_ANSWER
    return PageState.ANSWERED if len(given) == len(answers) else PageState.BEGUN


def _parts(
    entry: FilledItem, answer_of: Callable[[FilledItem], Answer], rows_of: Callable[[str], Iterable[Row]]
) -> list[Answer]:
    """Return what counts as answers: a table's are one a row, its first that is given."""
    if entry.item.type is not ItemType.REPEAT:
        return [answer_of(entry)]
    rows = list(rows_of(entry.item.link_id))
    firsts = [next((a for a in row.cells.values() if a.is_given or a.typed), EMPTY) for row in rows]
    return firsts or [EMPTY]
