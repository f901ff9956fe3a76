"""Settings: who keeps the cases, which model, how it looks, what opens the store, and what has been done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.errors import AppError, UserError
from desktop_app.domain.profile import Profile
from desktop_app.services import audit, settings, vault
from desktop_app.services.audit import EventView
from desktop_app.services.messages import message_for
from desktop_app.services.vault import RecoverySheet, Session, StoreState
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.log_words import event_words
from ui.theme import SCHEMES
from ui.widgets.basics import Button, chosen_text, column, filled_row, framed, label
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.profile_fields import ProfileFields
from ui.widgets.table import Table

ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)


class SettingsPage(Page):
    """Each group saves by itself; what is chosen from a list is saved at once."""

    shows = (Kind.AUDIT,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.settings.title"), most_width=800)
        self._profile: Profile | None = None
        for build in (self._profile_group, self._model_group, self._looks_group, self._passphrase_group):
            self.body.addWidget(build())
        self.body.addWidget(self._store_group())
        self.body.addWidget(self._log_group())
        self.body.addStretch(1)
        self.first = self.profile_fields.municipality
        desk.run(self, settings.profile, done=self._show_profile)
        desk.run(self, settings.get, "model", done=self._show_model)
        desk.run(self, vault.store_state, done=self._show_state)
        self.reload()

    def reload(self) -> None:
        """Fetch the log anew."""
        self.desk.run(self, audit.events, done=self._show_log)

    # Groups

    def _group(self, name: str, *parts: QWidget, about: str = "") -> QWidget:
        px = self.desk.theme.px
        inner = column(px(16), label(self.desk.text(f"window.settings.{name}"), "heading"))
        if about:
            inner.addWidget(label(self.desk.text(about), "soft"))
        for part in parts:
            inner.addWidget(part)
        inner.setContentsMargins(px(24), px(16), px(24), px(24))
        return framed(inner, ground="card")

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
        return self._group("model", self.model, about="window.settings.model_about")

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

    def _passphrase_group(self) -> QWidget:
        text = self.desk.text
        self.current = PassphraseField(self.desk, text("window.settings.current"))
        self.new = PassphraseField(
            self.desk,
            text("window.settings.new"),
            judge=lambda typed: vault.judge_passphrase(self.desk.library, typed, self._profile),
        )
        self.again = PassphraseField(self.desk, text("window.settings.again"))
        self.current_row = FormRow(self.desk, text("window.settings.current"), self.current, width=480)
        self.new_row = FormRow(self.desk, text("window.settings.new"), self.new, width=480)
        self.again_row = FormRow(self.desk, text("window.settings.again"), self.again, width=480)
        self.passphrase_notice = Notice(self.desk)
        self.change = Button(self.desk, text("window.settings.change"), self._change_passphrase)
        for field in (self.current, self.new, self.again):
            field.entered.connect(self._change_passphrase)
        return self._group(
            "passphrase",
            self.current_row,
            self.new_row,
            self.again_row,
            self.passphrase_notice,
            _to_the_left(self.change),
            about="window.settings.passphrase_about",
        )

    def _store_group(self) -> QWidget:
        self._folder = chosen_text("", "")
        self._folder.setWordWrap(True)
        self._sheet = label("")
        sheet_title = label(self.desk.text("window.settings.sheet"), "strong")
        sheet = QWidget()
        sheet.setLayout(column(self.desk.theme.px(4), sheet_title, self._sheet))
        self.sheet_passphrase = PassphraseField(self.desk, self.desk.text("window.settings.current"))
        self.sheet_row = FormRow(
            self.desk,
            self.desk.text("window.settings.current"),
            self.sheet_passphrase,
            self.desk.text("window.settings.sheet_help"),
            width=480,
        )
        self.sheet_passphrase.entered.connect(self._draft_sheet)
        new = Button(self.desk, self.desk.text("window.settings.sheet_new"), self._draft_sheet, icon="print")
        return self._group("store", self._folder, sheet, self.sheet_row, _to_the_left(new))

    def _log_group(self) -> QWidget:
        text = self.desk.text
        self.log = Table(self.desk, text("window.settings.log_table"), wide=(1,))
        headings = [text(f"window.settings.column_{name}") for name in ("at", "what")]
        self._log_model = RowsTable(self.desk.theme, headings, parent=self)
        self.log.setModel(self._log_model)
        return self._group("log", self.log, about="window.settings.log_about")

    # What comes back, and what the person does

    def _show_profile(self, profile: Profile) -> None:
        self._profile = profile
        self.profile_fields.show_profile(profile)

    def _show_model(self, model: str) -> None:
        self.model.setCurrentIndex(self.model.findData(model))

    def _show_state(self, state: StoreState) -> None:
        self._folder.setText(str(state.folder))
        checked = state.recovery_checked_on
        self._sheet.setText(
            self.desk.text("window.settings.sheet_checked", day=checked.isoformat())
            if checked
            else self.desk.text("window.settings.sheet_unchecked")
        )

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

    def _save_profile(self) -> None:
        self.profile_notice.silence()
        profile = self.profile_fields.read()
        if profile is not None:
            self._profile = profile
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

    def _change_passphrase(self) -> None:
        text = self.desk.text
        self.passphrase_notice.silence()
        self.current_row.show_fault("")
        judged = self.new.judgement()
        weak = judged is not None and not judged.acceptable
        self.new_row.show_fault(text(judged.text_key) if judged is not None and weak else "")
        differs = not weak and self.new.text() != self.again.text()
        self.again_row.show_fault(text("window.settings.differs") if differs else "")
        if weak or differs:
            (self.new if weak else self.again).select_all()
            return
        self.change.set_words(text("window.settings.changing"))
        self.change.setEnabled(False)
        self.desk.run(
            self,
            vault.set_new_passphrase,
            self.current.text(),
            self.new.text(),
            done=lambda _changes: self._tell_changed(),
            failed=self._refuse_passphrase,
            ended=self._end_change,
        )

    def _tell_changed(self) -> None:
        for field in (self.current, self.new, self.again):
            field.clear()
        self.passphrase_notice.show_words(self.desk.text("window.settings.changed"))

    def _refuse_passphrase(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        if isinstance(error, UserError):
            self.current_row.show_fault(f"{message.happened} {message.do}")
            self.current.select_all()
        else:
            self.passphrase_notice.show_error(error)

    def _draft_sheet(self) -> None:
        """Make a new sheet, to be printed and typed back before it takes the old one's place."""
        passphrase = self.sheet_passphrase.text()
        self.sheet_row.show_fault("")
        if not passphrase:
            self.sheet_passphrase.line.setFocus()
            return
        self.desk.run(
            self,
            vault.draft_recovery_sheet,
            passphrase,
            done=lambda sheet: self._show_sheet(sheet, passphrase),
            failed=self._refuse_sheet,
        )

    def _show_sheet(self, sheet: RecoverySheet, passphrase: str) -> None:
        def adopt(session: Session) -> ChangeSet:
            return vault.adopt_recovery_sheet(session, passphrase, sheet.recovery_key)

        self.sheet_passphrase.clear()
        self.go("sheet", sheet=sheet, adopt=adopt)

    def _refuse_sheet(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        self.sheet_row.show_fault(f"{message.happened} {message.do}")
        self.sheet_passphrase.select_all()

    def _end_change(self) -> None:
        self.change.set_words(self.desk.text("window.settings.change"))
        self.change.setEnabled(True)


def _to_the_left(button: Button) -> QWidget:
    holder = QWidget()
    inner = filled_row(0, button)
    inner.addStretch(1)
    holder.setLayout(inner)
    return holder
