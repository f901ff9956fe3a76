"""The consents of a case: each authority with how it stands today, and beside a gap what it stops."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop_app.domain.consent_changes import CHANGE_FORM
from desktop_app.domain.errors import AppError
from desktop_app.services import consents
from desktop_app.services.consents import CONSENT_FORM, ConsentRegister
from ui.pages.case_at import CaseAt
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.case_presenter import error_words
from ui.presenters.consent_words import (
    AuthorityLines,
    ConsentLine,
    authority_lines,
    explained_words,
    not_asked_words,
)
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import (
    Button,
    IconLabel,
    clear,
    column,
    filled_row,
    framed,
    label,
    row,
)
from ui.widgets.cloak import written

INDENT = 20


class ConsentsView(ScrolledThing):
    """The register as an overview; what is answered is changed in F02 and F02b."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._register: ConsentRegister | None = None
        self._build()

    # What the page calls

    def open(self) -> None:
        """Fetch the register."""
        self._at.desk.run(self, consents.register_view, self._at.case_id, done=self._show)

    # How it is built

    def _build(self) -> None:
        desk, px = self._at.desk, self._at.desk.theme.px
        self._explained = label("", "help")
        self._others = label("", "help")
        self._notice = label("")
        self._notice_frame = framed(column(0, self._notice, margins=(12, 8, 12, 8)), ground="waiting")
        self._notice_frame.hide()
        self.edit_button = Button(
            desk, desk.text("consents.edit"), lambda: self._at.open_form(CONSENT_FORM), kind="main"
        )
        self.change_button = Button(desk, desk.text("consents.go_on_change"), self._go_on_changing)
        self.change_button.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        inner = column(
            px(12),
            column(
                px(2),
                label(desk.text("consents.title"), "title"),
                label(desk.text("consents.intro"), "soft"),
                self._explained,
            ),
            row(px(8), self.edit_button, self.change_button),
            self._notice_frame,
            self._list,
            self._others,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        self.fill(desk, inner, desk.text("consents.title"))

    # What is shown

    def _show(self, register: ConsentRegister) -> None:
        if register == self._register:
            return
        self._register = register
        texts = self._at.desk.texts
        self._notice_frame.hide()
        self._say(self._explained, explained_words(register, texts))
        self._say(self._others, not_asked_words(register, texts))
        self.change_button.setVisible(register.change_begun)
        clear(self._list)
        if not any(one.rows for one in register.authorities):
            self._list.addWidget(label(texts.get("consents.none"), "soft"))
        for authority in authority_lines(register, texts):
            self._list.addWidget(self._block(authority))

    def _say(self, shown: QLabel, words: str) -> None:
        shown.setText(words)
        shown.setVisible(bool(words))

    def _block(self, authority: AuthorityLines) -> QFrame:
        px = self._at.desk.theme.px
        frame = QFrame()
        mark(frame, line="below")
        name = label(f"{authority.shape}  {authority.name}", "strong", wraps=False)
        standing = label(authority.standing, "" if not authority.is_gap else "waiting", wraps=False)
        head = filled_row(px(12), name, standing)
        head.insertStretch(1, 1)
        inner = column(px(4), head, margins=(0, px(12), 0, px(10)))
        for line in authority.lines:
            inner.addLayout(self._line(authority, line))
        for words in authority.stops:
            inner.addLayout(self._stop(words))
        frame.setLayout(inner)
        frame.setAccessibleName(f"{authority.name}: {authority.standing}")
        return frame

    def _line(self, authority: AuthorityLines, line: ConsentLine) -> QVBoxLayout:
        desk, px = self._at.desk, self._at.desk.theme.px
        first = " · ".join(part for part in (line.unit, line.ways) if part)
        if len(authority.lines) > 1:
            first = f"{first} · {line.standing}"
        top = filled_row(px(12), written(desk, first))
        if line.can_change:
            button = Button(
                desk,
                desk.text("consents.change"),
                lambda: self._change(authority.authority, line.row_id),
                kind="quiet",
                name=desk.text(
                    "consents.change_name", authority=f"{authority.name}, {line.unit}".rstrip(", ")
                ),
            )
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        top.setStretch(0, 1)
        made = column(px(2), top, margins=(px(INDENT), 0, 0, 0))
        for words in line.details:
            made.addWidget(written(desk, words, "help"))
        if line.lacks:
            made.addWidget(label(line.lacks, "waiting"))
        return made

    def _stop(self, words: str) -> QHBoxLayout:
        desk, px = self._at.desk, self._at.desk.theme.px
        icon = IconLabel(desk, "attention", "waiting", 16)
        made = filled_row(px(8), icon, label(words))
        made.setContentsMargins(px(INDENT), 0, 0, 0)
        made.setStretch(1, 1)
        made.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        return made

    # What the person does

    def _change(self, authority: str, row_id: str) -> None:
        at = self._at
        at.desk.run(
            self,
            consents.begin_change,
            at.case_id,
            authority,
            row_id,
            done=lambda _changes: at.open_form(CHANGE_FORM),
            failed=self._tell,
        )

    def _go_on_changing(self) -> None:
        self._at.open_form(CHANGE_FORM)

    def _tell(self, error: AppError) -> None:
        self._notice.setText(error_words(error, self._at.desk.texts))
        self._notice_frame.show()
