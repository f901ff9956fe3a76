"""Takes documents into a case: looks at each file, says what it is, asks from whom it comes, and keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QProgressBar, QVBoxLayout, QWidget

from desktop_app.domain.documents import About, CaseDocument, DocumentKind
from desktop_app.domain.errors import AppError
from desktop_app.services import documents
from desktop_app.services.document_intake import Looked, look_at, look_at_file, read_again
from desktop_app.services.documents import Added
from ui.desk import Desk
from ui.jobs import Job
from ui.presenters.days import size_words
from ui.presenters.document_words import mark_words, refusal_words
from ui.system.drawing import Drawing, prove
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, ScrolledContent, column, label, right_row, scrolled
from ui.widgets.document_about import AboutFields
from ui.widgets.fitted_dialog import FittedDialog

WIDTH = 640
LINE_HEIGHT, MOST_HEIGHT = 72, 252
TENTHS = 1000
_PNG_QUALITY = 80
"""Nothing is lost whatever it is; this much packs quickly."""


@dataclass(eq=False)
class Incoming:
    """A file, or what was pasted (``content`` or ``picture``), on its way in. ``looked`` once known to be fit."""

    name: str
    path: Path | None = None
    content: bytes = b""
    picture: QImage | None = None
    looked: Looked | None = None
    refusal: AppError | None = None
    known: CaseDocument | None = None
    again: QCheckBox | None = field(default=None, repr=False)

    @property
    def is_wanted(self) -> bool:
        """Whether it will be kept."""
        twice = self.again is not None and self.again.isChecked()
        return self.looked is not None and (self.known is None or twice)


class AddDocumentsDialog(FittedDialog):
    """``added`` is called with what was kept, once for all. Nothing is kept before the button is pressed."""

    after_lock = ComesBack("add_documents")

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        incoming: Sequence[Incoming],
        added: Callable[[list[CaseDocument]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, desk.text("documents.adding.title"), WIDTH, parent)
        self._case_id = case_id
        self.incoming = list(incoming)
        self._added = added
        self._kept: list[CaseDocument] = []
        self._drawing: Drawing | None = None
        self._job: Job | None = None
        text = desk.text
        self.state = label("", "help")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(desk.theme.px(8))
        self.fields = self._fields()
        self.bar = QProgressBar(maximum=TENTHS)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.fault = label("", "danger")
        self.fault.hide()
        self.main = Button(desk, text("documents.adding.none_taken"), self.take, kind="main")
        self.main.setDefault(True)
        self.main.setEnabled(False)
        self.cancel = Button(desk, text("documents.adding.stop"), self.reject)
        buttons = right_row(desk.theme.px(8), self.cancel, self.main)
        stays = label(text("documents.adding.source_stays"), "help")
        stays.setVisible(any(each.path for each in self.incoming))
        intro = label(text("documents.adding.intro"))
        self.fill(intro, self._list(), self.fields, stays, self.state, self.bar, self.fault, buttons)
        self.finished.connect(lambda _result: self._let_go())
        desk.signals.locking.connect(self._let_go)
        self._look(0)

    def words_to_reopen(self) -> dict[str, Any]:
        """Return the files that were chosen; what was pasted is not kept."""
        return {"paths": [str(each.path) for each in self.incoming if each.path is not None]}

    def take(self) -> None:
        """Keep what is wanted, one after the other; each one whole or not at all."""
        about = self.fields.about(self.desk.clock().date())
        if about is None:
            return
        self.main.setEnabled(False)
        self.fields.setEnabled(False)
        self.bar.show()
        self._keep_next(about, [each for each in self.incoming if each.is_wanted])

    # How it is built

    def _fields(self) -> AboutFields:
        text, only = self.desk.text, len(self.incoming) == 1
        about = About(title=self.incoming[0].name if only else "")
        several = "" if only else text("documents.adding.sender_help_many")
        return AboutFields(self.desk, about, has_title=only, sender_help=several)

    def _list(self) -> QWidget:
        inner = ScrolledContent()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._lines)
        outer.addStretch(1)
        mark(inner, ground="page")
        scroll = scrolled(inner, self.desk.text("documents.adding.title"))
        scroll.setFixedHeight(self.desk.theme.px(min(MOST_HEIGHT, LINE_HEIGHT * max(2, len(self.incoming)))))
        return scroll

    def _line(self, each: Incoming) -> QWidget:
        texts, px = self.desk.texts, self.desk.theme.px
        line = QWidget()
        parts: list[QWidget] = [label(each.name, "strong")]
        if each.refusal is not None or each.looked is None:
            words = refusal_words(each.refusal or AppError(), texts)
            parts.append(label(texts.get("documents.adding.line_refused", words=words), "waiting"))
        else:
            media = texts.get(f"documents.media.{each.looked.media_type.name.lower()}")
            size = size_words(each.looked.size_bytes, texts)
            parts.append(label(texts.get("documents.adding.line_taken", media=media, size=size), "help"))
            holds = mark_words(each.looked.marks, texts)
            if holds:
                parts.append(label(holds, "waiting"))
            if each.known is not None:
                title = each.known.about.title
                parts.append(label(texts.get("documents.adding.line_known", title=title), "waiting"))
                parts.append(self._again(each))
        line.setLayout(column(px(2), *parts))
        return line

    def _again(self, each: Incoming) -> QCheckBox:
        each.again = QCheckBox(self.desk.text("documents.adding.again"))
        each.again.setAccessibleName(self.desk.text("documents.adding.again_name", name=each.name))
        each.again.toggled.connect(lambda _on: self._offer())
        return each.again

    # Looking at them

    def _look(self, number: int) -> None:
        if number == len(self.incoming):
            self.state.hide()
            self._offer()
            return
        each = self.incoming[number]
        words = self.desk.text("documents.adding.looking", number=number + 1, count=len(self.incoming))
        self.state.setText(words)
        go_on = partial(self._look, number + 1)
        seen = partial(self._prove, each, go_on)
        refused = partial(self._refuse, each, go_on)
        jobs = self.desk.jobs
        if each.path is not None:
            self._job = jobs.background(
                self, look_at_file, each.path, done=seen, failed=refused, on_progress=_listen
            )
        else:
            look = partial(_look_at_pasted, each.content, each.picture)
            self._job = jobs.background(self, look, done=seen, failed=refused)

    def _prove(self, each: Incoming, go_on: Callable[[], None], seen: tuple[Looked, bytes]) -> None:
        looked, content = seen
        if each.path is None:
            each.content, each.picture = content, None
        drawing = self._drawing = Drawing()

        def fit(_pages: object) -> None:
            each.looked = looked
            self._ask_known(each, go_on)

        refused = partial(self._refuse, each, go_on)
        self.desk.jobs.draw(self, prove, drawing, content, looked.media_type, done=fit, failed=refused)

    def _ask_known(self, each: Incoming, go_on: Callable[[], None]) -> None:
        def told(known: CaseDocument | None) -> None:
            each.known = known
            self._show_line(each)
            go_on()

        sha256 = each.looked.sha256 if each.looked else ""
        self.desk.run(self, documents.same_as, self._case_id, sha256, done=told)

    def _refuse(self, each: Incoming, go_on: Callable[[], None], error: AppError) -> None:
        each.refusal, each.looked = error, None
        self._show_line(each)
        go_on()

    def _show_line(self, each: Incoming) -> None:
        self._lines.addWidget(self._line(each))
        if len(self.incoming) == 1 and each.looked is not None and each.looked.media_type.is_picture:
            self.fields.kind.setCurrentIndex(self.fields.kind.findData(DocumentKind.PICTURE.value))

    def _offer(self) -> None:
        count = sum(1 for each in self.incoming if each.is_wanted)
        fit = any(each.looked for each in self.incoming)
        keys = {0: "none_new" if fit else "none_taken", 1: "take_one"}
        self.main.set_words(
            self.desk.text(f"documents.adding.{keys[count]}")
            if count in keys
            else self.desk.text("documents.adding.take_many", count=count)
        )
        self.main.setEnabled(count > 0)
        self.fields.setVisible(fit)

    # Keeping them

    def _keep_next(self, about: About, waiting: list[Incoming]) -> None:
        if not waiting:
            self.accept()
            return
        each, rest = waiting[0], waiting[1:]
        go_on = partial(self._keep, each, about, rest)
        if each.path is None or each.looked is None:
            go_on(each.content)
            return
        self._job = self.desk.jobs.background(
            self,
            read_again,
            each.path,
            each.looked.sha256,
            done=go_on,
            failed=partial(self._fail, each),
            on_progress=self._show_progress,
        )

    def _keep(self, each: Incoming, about: About, rest: list[Incoming], content: bytes) -> None:
        own = about if len(self.incoming) == 1 else replace(about, title=each.name)

        def kept(added: Added) -> None:
            self._kept.append(added.document)
            each.looked = None
            self._keep_next(about, rest)

        self._job = self.desk.run(
            self,
            documents.add,
            self._case_id,
            content,
            own,
            done=kept,
            failed=partial(self._fail, each),
            on_progress=self._show_progress,
        )

    def _show_progress(self, done: int, total: int, text_key: str) -> None:
        self.bar.setValue(TENTHS * done // max(1, total))
        self.state.setText(f"{self.desk.text(text_key)} …")
        self.state.show()

    def _fail(self, each: Incoming, error: AppError) -> None:
        each.looked = None
        self.bar.hide()
        self.fault.setText(f"{each.name}: {refusal_words(error, self.desk.texts)}")
        self.fault.show()
        self.fields.setEnabled(True)
        self._offer()

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._drawing is not None:
            self._drawing.stop()
        for each in self.incoming:
            each.content, each.picture = b"", None
        if self._kept:
            kept, self._kept = self._kept, []
            self._added(kept)


def _listen(_done: int, _all: int, _key: str) -> None:
    """Hear how far it has come: work that nobody listens to cannot be stopped."""


def _look_at_pasted(content: bytes, picture: QImage | None) -> tuple[Looked, bytes]:
    content = as_png(picture) if picture is not None else content
    return look_at(content), content


def as_png(picture: QImage) -> bytes:
    """Return a picture as the bytes of a PNG, made in memory."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", _PNG_QUALITY)  # pyright: ignore[reportCallIssue, reportArgumentType] - a device too
    buffer.close()
    return bytes(kept.data())
