"""Settings: who keeps the cases, which model, how it looks, the way to the keys, and what has been done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.own_words import worded
from desktop_app.domain.profile import Profile
from desktop_app.domain.rules import RuleSet
from desktop_app.services import assessments, audit, settings, vault
from desktop_app.services.audit import EventView
from desktop_app.services.vault import StoreState
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.log_words import event_words
from ui.slices import Slices
from ui.theme import SCHEMES
from ui.widgets.basics import Button, chosen_text, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.idle_choice import IdleChoice
from ui.widgets.law_banner import LawBanner
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.profile_fields import ProfileFields
from ui.widgets.program_log import ProgramLog
from ui.widgets.screen_sharing import ScreenSharing
from ui.widgets.table import Table

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)

PARTS: Final[Mapping[str, str]] = {
    "profile": "window.settings.profile",
    "model": "window.settings.model",
    "looks": "window.settings.looks",
    "lock": "window.settings.lock",
    "legal": "legal.banner.settings",
    "store": "window.settings.store",
    "screen": "window.screen.title",
    "log": "window.settings.log",
    "program_log": "window.program_log.title",
}
"""The groups that can be gone straight to, and their titles."""


class SettingsPage(Page):
    """Each group saves by itself; what is chosen from a list is saved at once. ``part`` is the group to begin at."""

    shows = (Kind.AUDIT,)

    def __init__(self, desk: Desk, go: Go, part: str = "") -> None:
        super().__init__(desk, go, desk.text("window.settings.title"), most_width=800)
        self._groups: dict[str, QWidget] = {}
        self._begins_at: QWidget | None = None
        self.body.addWidget(self._profile_group())
        self.first = self.profile_fields.municipality
        desk.run(self, settings.profile, done=self._show_profile)
        self._slices = Slices(self)
        self._is_whole = False
        self._is_begun = part in PARTS
        if self._is_begun:  # all of it stands before the page is shown
            self._slices.begin(self._build_rest(part))

    def begin(self) -> None:
        """Begin at the part that was asked for, once the page is shown and laid out; or build what lies below."""
        super().begin()
        if not self._is_begun:
            self._is_begun = True
            self._slices.begin(self._build_rest())
        QTimer.singleShot(0, self, self._scroll_to_part)

    def reload(self) -> None:
        """Fetch the log anew."""
        if self._is_whole:
            self.desk.run(self, audit.events, done=self._show_log)

    def _build_rest(self, part: str = "") -> Iterator[None]:
        """Build the groups below the first, and fetch what they show; a ``part`` that was asked for is begun at."""
        for build in (
            self._model_group,
            self._looks_group,
            self._lock_group,
            self._keys_group,
            self._legal_group,
            self._store_group,
            self._screen_group,
            self._log_group,
            self._program_log_group,
        ):
            self.body.addWidget(build())
            yield
        self.body.addStretch(1)
        if part:
            self._begin_at(self._groups[PARTS[part]])
            self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._scroll_to_part())
        self._is_whole = True
        self.desk.run(self, assessments.models, done=self._show_models)
        self.desk.run(self, vault.store_state, done=self._show_state)
        self.desk.run(self, audit.events, done=self._show_log)

    # Groups

    def _group(self, name: str, *parts: QWidget, about: str = "") -> QWidget:
        return self._titled(f"window.settings.{name}", *parts, about=about)

    def _titled(self, title: str, *parts: QWidget, about: str = "") -> QWidget:
        px = self.desk.theme.px
        inner = column(px(16), label(self.desk.text(title), "heading"))
        if about:
            inner.addWidget(label(self.desk.text(about), "soft"))
        for part in parts:
            inner.addWidget(part)
        inner.setContentsMargins(px(24), px(16), px(24), px(24))
        self._groups[title] = framed(inner, ground="card")
        return self._groups[title]

    def _begin_at(self, group: QWidget) -> None:
        stops = [each for each in group.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        self.first = stops[0] if stops else None
        self._begins_at = group

    def _stay_here(self) -> None:
        super()._stay_here()
        self._begins_at = None

    def _scroll_to_part(self) -> None:
        """Go to the part that was asked for, until one scrolls elsewhere: the page grows while it is laid out."""
        if self._begins_at is not None:
            self._scroll.verticalScrollBar().setValue(self._begins_at.y())

    def _profile_group(self) -> QWidget:
        self.profile_fields = ProfileFields(self.desk)
        self.profile_notice = Notice(self.desk)
        save = Button(self.desk, self.desk.text("window.settings.save_profile"), self._save_profile)
        return self._group(
            "profile",
            self.profile_fields,
            self.profile_notice,
            _to_the_left(save),
            about="window.settings.profile_about",
        )

    def _model_group(self) -> QWidget:
        self.model = QComboBox()
        self.model.setAccessibleName(self.desk.text("window.settings.model"))
        for rules in self.desk.library.models:
            self.model.addItem(self.desk.text(rules.text_key), rules.id)
        self.model.activated.connect(
            lambda _index: self.desk.run(self, settings.put, "model", self.model.currentData())
        )
        self.own_rules = Button(
            self.desk, self.desk.text("window.own_rules.lead"), lambda: self.go("own_rules"), icon="settings"
        )
        about = label(self.desk.text("window.own_rules.lead_about"), "help")
        self.field_list = Button(
            self.desk, self.desk.text("fields.page.lead"), lambda: self.go("field_list"), icon="settings"
        )
        fields_about = label(self.desk.text("fields.page.lead_about"), "help")
        return self._group(
            "model",
            self.model,
            about,
            _to_the_left(self.own_rules),
            fields_about,
            _to_the_left(self.field_list),
            about="window.settings.model_about",
        )

    def _looks_group(self) -> QWidget:
        text = self.desk.text
        self.theme_choice = QComboBox()
        for scheme in SCHEMES:
            self.theme_choice.addItem(text(f"window.settings.theme_choice.{scheme}"), scheme)
        self.theme_choice.setCurrentIndex(SCHEMES.index(self.desk.theme.scheme))
        self.theme_choice.activated.connect(self._set_scheme)
        self.zoom = QComboBox()
        for percent in sorted({*ZOOMS, self.desk.theme.zoom}):
            self.zoom.addItem(text("window.settings.percent", percent=percent), percent)
        self.zoom.setCurrentIndex(self.zoom.findData(self.desk.theme.zoom))
        self.zoom.activated.connect(self._set_zoom)
        theme_row = FormRow(self.desk, text("window.settings.theme"), self.theme_choice, width=240)
        zoom_row = FormRow(
            self.desk, text("window.settings.zoom"), self.zoom, text("window.settings.zoom_about"), width=240
        )
        return self._group("looks", theme_row, zoom_row)

    def _lock_group(self) -> QWidget:
        self.idle = IdleChoice(self.desk)
        row = FormRow(self.desk, self.desk.text("window.settings.lock_after"), self.idle, width=240)
        return self._group("lock", row, about="window.settings.lock_about")

    def _screen_group(self) -> QWidget:
        self.sharing = ScreenSharing(self.desk)
        return self._titled("window.screen.title", self.sharing)

    def _program_log_group(self) -> QWidget:
        self.program_log = ProgramLog(self.desk)
        return self._titled("window.program_log.title", self.program_log, about="window.program_log.about")

    def _keys_group(self) -> QWidget:
        self.keys = Button(
            self.desk, self.desk.text("window.settings.keys_show"), lambda: self.go("keys"), icon="key"
        )
        return self._group("keys", _to_the_left(self.keys), about="window.settings.keys_about")

    def _legal_group(self) -> QWidget:
        self.law = LawBanner(self.desk, self.go)
        self.law.button.hide()  # the way there stands below, also when there is nothing to say
        self.law.reload()
        self.legal = Button(
            self.desk, self.desk.text("legal.banner.show"), lambda: self.go("legal_references")
        )
        return self._titled(
            "legal.banner.settings", self.law, _to_the_left(self.legal), about="legal.banner.settings_about"
        )

    def _store_group(self) -> QWidget:
        self._folder = chosen_text("", "")
        self._folder.setWordWrap(True)
        return self._group("store", self._folder)

    def _log_group(self) -> QWidget:
        text = self.desk.text
        self.log = Table(self.desk, text("window.settings.log_table"), wide=(1,))
        headings = [text(f"window.settings.column_{name}") for name in ("at", "what")]
        self._log_model = RowsTable(self.desk.theme, headings, parent=self)
        self.log.setModel(self._log_model)
        return self._group("log", self.log, about="window.settings.log_about")

    # What comes back, and what the person does

    def _show_profile(self, profile: Profile) -> None:
        self.profile_fields.show_profile(profile)

    def _show_models(self, models: Sequence[RuleSet]) -> None:
        for rules in models:
            if self.model.findData(rules.id) < 0:
                own = worded(self.desk.texts, rules.words).get(rules.text_key)
                self.model.addItem(own, rules.id)
        self.desk.run(self, settings.get, "model", done=self._show_model)

    def _show_model(self, model: str) -> None:
        self.model.setCurrentIndex(self.model.findData(model))

    def _show_state(self, state: StoreState) -> None:
        self._folder.setText(str(state.folder))

    def _show_log(self, events: Sequence[EventView]) -> None:
        self._log_model.set_rows(
            [
                TableRow(
                    str(event.seq), (f"{event.at:%Y-%m-%d %H:%M}", event_words(event, self.desk.library))
                )
                for event in events
            ]
        )
        self.log.fit()
        if self._begins_at is not None:  # the log has made room for itself above some parts
            QTimer.singleShot(0, self, self._scroll_to_part)

    def _save_profile(self) -> None:
        self.profile_notice.silence()
        profile = self.profile_fields.read()
        if profile is not None:
            words = self.desk.text("window.settings.profile_saved")
            self.desk.run(
                self,
                settings.save_profile,
                profile,
                done=lambda _changes: self.profile_notice.show_words(words),
                failed=self.profile_notice.show_error,
            )

    def _set_scheme(self) -> None:
        scheme = str(self.theme_choice.currentData())
        self.desk.run(self, settings.put, "theme", scheme)
        self.desk.theme.set_scheme(scheme)

    def _set_zoom(self) -> None:
        percent = int(self.zoom.currentData())
        self.desk.run(self, settings.put, "zoom", str(percent))
        self.desk.theme.set_zoom(percent)


def _to_the_left(button: Button) -> QWidget:
    holder = QWidget()
    inner = filled_row(0, button)
    inner.addStretch(1)
    holder.setLayout(inner)
    return holder
