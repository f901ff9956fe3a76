"""Behind Settings: the municipality's own model, as fields or as text, and what it would change."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import AppError
from desktop_app.services import own_rules
from desktop_app.services.own_rules import Checked, OwnRules
from ui.desk import Desk
from ui.pages.own_rules_preview import RulePreview
from ui.presenters.own_rules_words import fault_line, fault_words, field_of
from ui.theme import mark
from ui.widgets.basics import Button, column, framed, label, row
from ui.widgets.form_row import FormRow
from ui.widgets.half_written import KEEPS_ITSELF
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.rule_fields import RuleFields

FIELDS, TEXT = "fields", "text"
READ_AFTER_MS = 250
TEXT_HEIGHT = 330


class OwnRulesPage(Page):
    """One text is being written, in whichever view; it is read at each change and kept as a draft until it is saved."""

    shows = (Kind.SETTING,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.own_rules.title"), most_width=880)
        text = desk.text
        self._found = OwnRules()
        self._text, self._origin, self._is_changed = "", "", False
        self._checked: Checked | None = None
        self._view = FIELDS
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self.take)
        self.head.addWidget(
            Button(desk, text("window.own_rules.to_settings"), lambda: go("settings"), kind="link")
        )
        self.body.addWidget(label(text("window.own_rules.intro"), "soft"))
        self.notice = Notice(desk)
        self.body.addWidget(self.notice)
        self.begin_group = self._put(self._begin_group())
        self.first = self.model
        self.build_by_rounds(self._build_edit, self._build_preview)

    def _build_edit(self) -> None:
        self.edit_group = self._put(self._edit_group())

    def _build_preview(self) -> None:
        self.preview_group = self._put(self._preview_group())
        self.body.addStretch(1)

    def _put(self, group: QWidget) -> QWidget:
        self.body.addWidget(group)
        group.hide()
        return group

    # What the frame calls

    @property
    def is_settled(self) -> bool:
        """Whether what was typed is kept."""
        return not self._timer.isActive()

    def flush(self) -> None:
        """Keep what was typed."""
        if self._timer.isActive():
            self.take()

    def reload(self) -> None:
        """Fetch the own model anew; what is being written stays."""
        if not self._is_changed:
            self.desk.run(self, own_rules.own_rules, done=self._show)

    # Groups

    def _card(self, *parts: QWidget) -> QWidget:
        px = self.desk.theme.px
        inner = column(px(16), *parts)
        inner.setContentsMargins(px(24), px(16), px(24), px(24))
        return framed(inner, ground="card")

    def _begin_group(self) -> QWidget:
        text = self.desk.text
        self.model = QComboBox()
        for rules in self.desk.library.models:
            self.model.addItem(text(rules.text_key), rules.id)
        self.copy = Button(self.desk, text("window.own_rules.copy"), self.begin_copy, kind="main")
        start = FormRow(self.desk, text("window.own_rules.start_from"), self.model, width=320)
        return self._card(label(text("window.own_rules.none")), start, _row(self.copy))

    def _edit_group(self) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        self.standing = label("", "soft")
        self.tabs = {name: self._tab(name) for name in (FIELDS, TEXT)}
        self.fields = RuleFields(self.desk)
        self.fields.edited.connect(self._wait)
        self.text = QPlainTextEdit()
        self.text.setProperty(KEEPS_ITSELF, True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(TEXT_HEIGHT))
        self.text.textChanged.connect(self._wait)
        self.text_row = FormRow(
            self.desk, text("window.own_rules.text"), self.text, text("window.own_rules.text_help")
        )
        self.text_row.hide()
        self.fault = label("", "danger")
        self.fault.hide()
        self.save = Button(self.desk, text("window.own_rules.as_fields"), self.save_version, kind="main")
        self.drop = Button(self.desk, text("window.own_rules.drop"), self.drop_changes, kind="quiet")
        views = QWidget()
        views.setLayout(row(px(4), *self.tabs.values()))
        return self._card(
            self.standing, views, self.fields, self.text_row, self.fault, _row(self.save, self.drop)
        )

    def _preview_group(self) -> QWidget:
        text = self.desk.text
        self.preview = RulePreview(self.desk, lambda: self._text)
        return self._card(
            label(text("window.own_rules.preview.title"), "heading"),
            label(text("window.own_rules.preview.about"), "soft"),
            self.preview,
        )

    def _tab(self, name: str) -> Button:
        tab = Button(self.desk, self.desk.text(f"window.own_rules.as_{name}"), lambda: self.show_view(name))
        tab.setCheckable(True)
        mark(tab, kind="quiet")
        return tab

    # What comes back

    def _show(self, found: OwnRules) -> None:
        self._found = found
        draft = found.draft
        text, origin = (draft.text, draft.copied_from) if draft else (found.text, found.copied_from)
        self._is_changed = draft is not None
        if text:
            self._begin_editing(text, origin)
        else:
            for group, shown in (
                (self.begin_group, True), (self.edit_group, False), (self.preview_group, False)
            ):  # fmt: skip
                group.setVisible(shown)

    def _begin_editing(self, text: str, origin: str) -> None:
        self._text, self._origin = text, origin
        self.begin_group.hide()
        self.edit_group.show()
        self.preview_group.show()
        self._checked = own_rules.check(self.desk.library, text)
        self.show_view(FIELDS if self._checked.rules else TEXT)
        self._tell()

    # What the person does

    def begin_copy(self) -> None:
        """Begin an own model as a copy of the one chosen."""
        origin = str(self.model.currentData())
        name = self.desk.text("window.own_rules.copy_name", model=self.model.currentText())

        def take(text: str) -> None:
            self._is_changed = True
            self._begin_editing(text, origin)
            self._keep()
            self.fields.lines["name"].setFocus()

        self.desk.run(self, own_rules.copy_from, origin, name, done=take)

    def show_view(self, name: str) -> None:
        """Show the model as fields or as text. Fields cannot show a text that cannot be read."""
        self.flush()
        if name == FIELDS and self._checked is not None and self._checked.rules is not None:
            rules = self._checked.rules
            self.fields.show_rules(rules, own_rules.fields_of(self.desk.library, rules))
        else:
            name = TEXT
            self.text.blockSignals(True)
            if self.text.toPlainText() != self._text:
                self.text.setPlainText(self._text)
            self.text.blockSignals(False)
        self._view = name
        self.fields.setVisible(name == FIELDS)
        self.text_row.setVisible(name == TEXT)
        for each, tab in self.tabs.items():
            tab.setChecked(each == name)

    def take(self) -> None:
        """Read what was typed, say what is wrong with it, and keep it."""
        self._timer.stop()
        library = self.desk.library
        if self._view == FIELDS:
            self._checked = own_rules.edited(library, self._text, self.fields.read())
        else:
            self._checked = own_rules.check(library, self.text.toPlainText())
        self._text, self._is_changed = self._checked.text, True
        self.preview.forget()
        self.notice.silence()
        self._tell()
        self._keep()

    def save_version(self) -> None:
        """Keep what is written as the next version."""
        self.flush()
        version = self._next_version
        self.desk.run(
            self,
            own_rules.save_own,
            self._text,
            self._origin,
            done=lambda _changes: self._saved(version),
            failed=self._refuse,
        )

    def drop_changes(self) -> None:
        """Go back to what was saved last."""
        self._timer.stop()
        self._is_changed = False
        self.preview.forget()
        self.notice.silence()
        self.desk.run(self, own_rules.drop_draft, done=lambda _none: self.reload())

    # The rest

    @property
    def _next_version(self) -> int:
        return self._found.versions[0].version + 1 if self._found.versions else 1

    def _wait(self) -> None:
        self._is_changed = True
        self._timer.start()

    def _keep(self) -> None:
        self.desk.run(self, own_rules.keep_draft, self._text, self._origin)

    def _saved(self, version: int) -> None:
        self._is_changed = False
        self.notice.show_words(
            self.desk.text("window.own_rules.saved", version=version),
            self.desk.text("window.own_rules.not_chosen"),
        )
        self.reload()

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)

    def _tell(self) -> None:
        """Say how the model stands, and what is wrong with it."""
        text = self.desk.text
        lines: list[str] = []
        if self._found.versions:
            newest = self._found.versions[0]
            origin = text(f"tables.models.{newest.copied_from}") if newest.copied_from else ""
            day = f"{newest.saved_at.astimezone():%Y-%m-%d}"
            lines.append(text("window.own_rules.standing", version=newest.version, day=day, origin=origin))
        if self._is_changed:
            lines.append(text("window.own_rules.unsaved"))
        self.standing.setText("\n".join(lines))
        self.save.set_words(text("window.own_rules.save", version=self._next_version))
        self._show_fault()

    def _show_fault(self) -> None:
        fault = self._checked.fault if self._checked else None
        words = fault_line(fault, self.desk.texts) if fault else ""
        field = field_of(fault) if fault and self._view == FIELDS else ""
        self.fields.show_fault(field, fault_words(fault, self.desk.texts) if fault and field else "")
        self.text_row.show_fault(words if self._view == TEXT else "")
        self.fault.setText(words)
        self.fault.setVisible(bool(words) and self._view == FIELDS and not field)
        self.save.setEnabled(fault is None and self._is_changed)
        self.drop.setVisible(self._is_changed)
        self.preview.go.setEnabled(fault is None)


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(8, *buttons))
    return holder
