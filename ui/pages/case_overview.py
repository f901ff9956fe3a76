"""The overview of a case: every step as it stands, the hold points, and the ways in. What is opened here leads back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.services import guide, two_tracks
from desktop_app.services.guide import GuideView
from desktop_app.services.two_tracks import TracksView
from ui.desk import Desk
from ui.pages.case_at import CaseAt
from ui.pages.hold_lines import HoldCards
from ui.pages.overview_rows import OverviewRow
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.overview_words import EARLY, OverviewPhase, OverviewStep, overview_phases
from ui.slices import Slices
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, clear, column, filled_row, framed, label, row
from ui.widgets.two_tracks import TwoTracks


class OverviewView(ScrolledThing):
    """Reads the guide anew each time it comes into view; what one was writing a reason for stays open."""

    most_width = 880

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._phases: tuple[OverviewPhase, ...] = ()
        self._next_words = ""
        self._opened: set[str] = set()
        self._asking: dict[str, Any] = {}
        self._scroll_wanted: int | None = None
        self._focus_wanted = ""
        self._slices = Slices(self)
        self.rows: dict[str, OverviewRow] = {}
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        self._build(at.desk)

    # What the page calls

    def open(self) -> None:
        """Fetch the guide."""
        self._at.desk.run(self, guide.overview, self._at.case_id, done=self._show)
        self._at.desk.run(self, two_tracks.tracks, self._at.case_id, done=self._show_tracks)

    def place(self) -> dict[str, Any]:
        """Return how far it is scrolled, what is unfolded, and the reason that is being written."""
        asking = next((kept for row in self.rows.values() if (kept := row.asking())), self._asking)
        return {**super().place(), "opened": sorted(self._opened), "asking": asking}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the guide is here."""
        self._opened = {str(name) for name in kept.get("opened") or ()}
        asking = kept.get("asking")
        self._asking = dict(asking) if isinstance(asking, dict) else {}
        self._scroll_wanted = int(kept.get("scroll") or 0)
        if self.rows:
            self._phases = ()
            self.open()

    # How it is built

    def _build(self, desk: Desk) -> None:
        px, text = desk.theme.px, desk.text
        self._next = label("", "strong")
        self._why = label("", "help")
        self.next_button = Button(desk, text("form_page.head.go_on"), self._go_on, kind="main")
        words = column(px(2), label(text("guide.overview.next"), "help", wraps=False), self._next, self._why)
        line = filled_row(px(12))
        line.addLayout(words, 1)
        line.addWidget(self.next_button)
        line.setContentsMargins(16, 10, 16, 10)
        self.holds, self.later_holds = HoldCards(desk), HoldCards(desk)
        for holds in (self.holds, self.later_holds):
            holds.go.connect(self._at.opens.hold)
            holds.act.connect(self._at.opens.act)
        self._later = label(text("guide.hold.later"), "heading")
        self.tracks = TwoTracks(desk)
        self.tracks.go.connect(self._at.open_form)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(4))
        inner = column(
            px(12),
            label(text("guide.overview.title"), "title"),
            label(text("guide.overview.intro"), "soft"),
            framed(line, ground="card"),
            self.holds,
            self.tracks,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        inner.addLayout(self._list)
        inner.addSpacing(px(8))
        inner.addWidget(self._later)
        inner.addWidget(self.later_holds)
        self.fill(desk, inner, text("guide.overview.title"))

    # What is shown

    def _show(self, view: GuideView) -> None:
        desk = self._at.desk
        phases = overview_phases(view, desk.library)
        now = tuple(hold for hold in view.open_holds if not hold.at_step)
        later = tuple(hold for hold in view.holds if hold not in now)
        self.holds.show_holds(now)
        self.later_holds.show_holds(later)
        self._later.setVisible(bool(later))
        self._next.setText(view.next_step.title if view.next_step else "")
        self._next.setVisible(view.next_step is not None)
        self._why.setText(view.next_words)
        self.next_button.setVisible(view.next_step is not None)
        self._next_id = view.next_step.id if view.next_step else ""
        if phases != self._phases:
            self._fill(phases)
        self._settling.start()

    def _show_tracks(self, tracks: TracksView) -> None:
        self.tracks.show_tracks(tracks)
        self._settling.start()

    def _settle(self) -> None:
        """Let the rows have their height, now that they have their font, and go back to where one was."""
        QApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        if self._scroll_wanted is not None and not self._slices.is_under_way:
            wanted, self._scroll_wanted = self._scroll_wanted, None
            self._scroll.verticalScrollBar().setValue(wanted)

    def _fill(self, phases: tuple[OverviewPhase, ...]) -> None:
        focused = next((name for name, row in self.rows.items() if row.has_focus()), self._focus_wanted)
        self._focus_wanted = focused
        self._asking = next((kept for row in self.rows.values() if (kept := row.asking())), self._asking)
        scroll = self._scroll.verticalScrollBar().value()
        self._scroll_wanted = scroll if self._scroll_wanted is None else self._scroll_wanted
        is_anew = bool(self.rows)
        clear(self._list)
        self._phases, self.rows = phases, {}
        self._slices.begin(self._make(phases))
        if is_anew:
            self._slices.finish()  # what one looks at may not jump

    def _make(self, phases: tuple[OverviewPhase, ...]) -> Iterator[None]:
        """Make the rows, a few in each round of the event loop; then go back to where one was among them."""
        for phase in phases:
            self._list.addSpacing(self._at.desk.theme.px(8))
            head = row(8, label(phase.title, "heading", wraps=False), label(phase.share, "help", wraps=False))
            holder = QWidget()
            holder.setLayout(head)
            self._put(holder)
            for step in phase.steps:
                self._put(self._row(step))
                yield
        asking, self._asking = self._asking, {}
        if asking.get("step") in self.rows:
            self.rows[str(asking["step"])].ask(str(asking.get("mark")), str(asking.get("text", "")))
        focused, self._focus_wanted = self._focus_wanted, ""
        if focused in self.rows:
            self.rows[focused].main.setFocus()
        self._settling.start()

    def _put(self, part: QWidget) -> None:
        self._list.addWidget(part)
        part.show()  # at once: only what is shown has its font, and so its height

    def _row(self, step: OverviewStep) -> OverviewRow:
        made = OverviewRow(self._at.desk, step, is_open=step.id in self._opened)
        made.opened.connect(self._at.opens.step)
        made.thing.connect(self._at.open_thing)
        made.unfolded.connect(self._note_unfolded)
        made.marked.connect(self._mark)
        made.unmarked.connect(self._unmark)
        self.rows[step.id] = made
        return made

    # What the person does

    def _go_on(self) -> None:
        if self._next_id:
            self._at.opens.step(self._next_id)

    def _note_unfolded(self, step_id: str, is_open: bool) -> None:
        (self._opened.add if is_open else self._opened.discard)(step_id)

    def _mark(self, step_id: str, mark: str, reason: str) -> None:
        desk = self._at.desk
        service = guide.take_early if mark == EARLY else guide.set_aside
        words = desk.text(f"guide.overview.marked_{mark}", step=self.rows[step_id].title)

        def done(_changes: object) -> None:
            if step_id in self.rows:
                self.rows[step_id].stop_asking()
            desk.undo.offer(words, guide.unmark, self._at.case_id, step_id)
            self.open()

        desk.run(
            self,
            service,
            self._at.case_id,
            step_id,
            reason,
            done=done,
            failed=lambda error: self.rows[step_id].refuse(error),
        )

    def _unmark(self, step_id: str) -> None:
        desk, case_id = self._at.desk, self._at.case_id
        former = self.rows[step_id].marked_with
        words = desk.text("guide.overview.unmarked", step=self.rows[step_id].title)

        def done(_changes: object) -> None:
            if former is not None:
                mark, reason = former
                service = guide.take_early if mark == EARLY else guide.set_aside
                desk.undo.offer(words, service, case_id, step_id, reason)
            self.open()

        desk.run(self, guide.unmark, case_id, step_id, done=done)
