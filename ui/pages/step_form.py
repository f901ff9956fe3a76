"""The form of a step: one question at a time or whole, as whoever works with it likes, at the same place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms import Address
from desktop_app.services import guide_places
from desktop_app.services.guide_places import GuidePlace, Way
from ui.desk import Desk
from ui.forms.form_view import FormView
from ui.pages.case_form import CaseForm
from ui.pages.guide_view import GuideView
from ui.theme import mark


class WaySwitch(QWidget):
    """Two buttons, of which one is chosen."""

    chosen = Signal(object)
    """The ``Way`` that was asked for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(desk.text("guide_page.way.name"))
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: dict[Way, QPushButton] = {}
        for way in Way:
            button = QPushButton(desk.text(f"guide_page.way.{way.value}"))
            button.setAccessibleName(button.text())
            button.setCheckable(True)
            mark(button, kind="word")
            button.clicked.connect(lambda _=False, way=way: self.chosen.emit(way))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[way] = button


class StepForm(CaseForm):
    """Remembers the way and the place, per case and form; see ``services/guide_places.py``."""

    next_step = Signal()
    """Whoever has finished the form wants to go on."""

    def __init__(self, desk: Desk, case_id: str, form_id: str, parent: QWidget | None = None) -> None:
        self._kept = GuidePlace()
        super().__init__(desk, case_id, form_id, parent)
        self.switch = WaySwitch(desk)
        self.switch.chosen.connect(self._choose)
        self.switch.hide()
        self._head_row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        self._head_row.addWidget(self.paper_button, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def guide(self) -> GuideView | None:
        """The guide, while the form is asked one question at a time."""
        return self.view if isinstance(self.view, GuideView) else None

    @property
    def bars(self) -> tuple[QWidget, ...]:
        """The parts around the fields whose buttons act on the whole form."""
        return (*super().bars, self.switch, *((self.guide.bar, self.guide.list_button) if self.guide else ()))

    def view_changed(self) -> None:
        """Show a fresh view; the first one in the way that is wanted."""
        if not self._is_shown and self._first_way() is Way.GUIDE:
            self._begin_guide(self._kept.at)
        super().view_changed()

    def go_to(self, address: Address) -> None:
        """Put the caret in a field; what the guide does not ask is shown on the whole form."""
        if self.guide is not None and not self.guide.go_to(address):
            self._show_whole()
        if self.guide is None:
            self.view.go_to(address)

    def walk_place(self) -> dict[str, Any]:
        """Return the way, and the place in the walk, as plain JSON."""
        return {} if self.guide is None else dict(self.guide.place())

    def stand_where(self, walk: Mapping[str, Any]) -> None:
        """Stand where ``walk_place`` told."""
        if not walk:
            self._show_whole()
        elif self.guide is None:
            self._begin_guide(walk)
            self.view.refresh()
            self._show_state()
        else:
            self.guide.stand_where(walk)
            self.guide.refresh()

    # Inside

    def _open(self) -> None:
        run, ids = self._desk.run, (self._case_id, self.form_id)
        run(self, guide_places.kept, *ids, done=self._take_kept, failed=lambda _error: None)
        super()._open()

    def _take_kept(self, kept: GuidePlace) -> None:
        self._kept = kept

    def _first_way(self) -> Way:
        """Return the way to begin with: as it was left, else what the form says, until nothing is missing in it."""
        if self.presenter.is_finished:
            return Way.WHOLE
        wants_guide = self.presenter.view.filled.definition.guided and bool(self.presenter.gaps)
        return self._kept.way or (Way.GUIDE if wants_guide else Way.WHOLE)

    def _choose(self, way: Way) -> None:
        if way is (Way.WHOLE if self.guide is None else Way.GUIDE):
            return
        focused = self.view.focused
        self.flush()
        if way is Way.GUIDE:
            self._begin_guide({})
            self.view.refresh()
        else:
            focused = focused or (self.guide.questions.about if self.guide is not None else None)
            self._show_whole()
        if focused is None or (self.guide is not None and not self.guide.go_to(focused)):
            self.view.go_to_first()
        elif self.guide is None:
            self.view.go_to(focused)
        self._show_state()
        self._remember(chosen=True)

    def _begin_guide(self, at: Mapping[str, Any]) -> None:
        guide = GuideView(self._desk, self.context)
        guide.moved.connect(self._remember_place)
        guide.asked.connect(self._do)
        guide.stand_where(at)
        self._put_view(guide)

    def _show_whole(self) -> None:
        if self.guide is not None:
            self._put_view(FormView(self.context))
            self.view.refresh()
            self._show_state()

    def _put_view(self, view: FormView | GuideView) -> None:
        old, self.view = self.view, view
        self._column.replaceWidget(old, view)
        old.hide()
        old.deleteLater()

    def _show_state(self) -> None:
        super()._show_state()
        guided = self.guide is not None
        mark(self._title, role="strong" if guided else "title")
        self.switch.show()
        self.switch.buttons[Way.GUIDE if guided else Way.WHOLE].setChecked(True)
        self._bar.setVisible(not guided)
        if guided and self._notice.is_quiet:
            self._notice.hide()  # the overview says it

    def _do(self, act: str) -> None:
        acts = {"finish": self.presenter.finish, "print": self.print_form, "next_step": self.next_step.emit}
        acts[act]()

    def _remember_place(self) -> None:
        self._remember(chosen=False)

    def _remember(self, *, chosen: bool) -> None:
        way = Way.WHOLE if self.guide is None else Way.GUIDE
        service = guide_places.choose if chosen else guide_places.keep
        self._desk.run(
            self,
            service,
            self._case_id,
            self.form_id,
            GuidePlace(way, self.walk_place()),
            failed=self._leave_unremembered,
        )

    def _leave_unremembered(self, _error: AppError) -> None:
        """Say nothing: what was written is told of where it is saved, and this is only the place."""
