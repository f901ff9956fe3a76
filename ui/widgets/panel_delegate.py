"""Draws a line of the panel: words, the marked ones in bold, what stands around them, the mark of protection."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.presenters.panel_rows import PanelRow, RowKind
from ui.theme import Theme
from ui.theme.tokens import CORNER, SIZE_BODY, SIZE_HELP

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
HEIGHTS: Final = {
    RowKind.HEADING: 30,
    RowKind.CASE: 36,
    RowKind.HIT: 30,
    RowKind.COMMAND: 34,
    RowKind.REMARK: 34,
}
SIDE, GAP, ICON = 12, 12, 18
HIT_INDENT = 16
LABEL_WIDTH = 210
"""The column of a hit that says in which field or note it is."""

Index = QModelIndex | QPersistentModelIndex


class PanelDelegate(QStyledItemDelegate):
    """Takes the line from the model under ``ROW_ROLE``."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line; the width is the list's."""
        row = index.data(ROW_ROLE)
        height = HEIGHTS[row.kind] if isinstance(row, PanelRow) else HEIGHTS[RowKind.COMMAND]
        return QSize(0, self._theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, PanelRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, state = QRect(option.rect), option.state  # pyright: ignore[reportAttributeAccessIssue] - not in its stubs
        self._ground(painter, box, state)
        px = self._theme.px
        inner = box.adjusted(px(SIDE), 0, -px(SIDE), 0)
        draw = {RowKind.HEADING: self._heading, RowKind.CASE: self._case, RowKind.HIT: self._hit}
        draw.get(row.kind, self._command)(painter, inner, row)
        painter.restore()

    # The kinds of lines

    def _heading(self, painter: QPainter, box: QRect, row: PanelRow) -> None:
        lower = box.adjusted(0, self._theme.px(6), 0, 0)
        self._words(painter, lower, row.words, "ink_soft", self._font(SIZE_HELP, strong=True))

    def _case(self, painter: QPainter, box: QRect, row: PanelRow) -> None:
        """Code, kind, name, and the mark of protection, which is never cut off."""
        left = self._words(painter, box, row.before, "ink", self._font(strong=True))
        left = self._words(painter, left, row.after, "ink_soft", self._font())
        if row.mark is not None:
            px, theme = self._theme.px, self._theme
            top = left.center().y() - px(ICON) // 2
            painter.drawPixmap(
                left.left(), top, theme.icon(row.mark.icon, row.mark.tone, ICON).pixmap(px(ICON))
            )
            left = left.adjusted(px(ICON) + px(6), 0, 0, 0)
            left = self._words(painter, left, row.mark.words, row.mark.tone, self._font(strong=True))
        self._parts(painter, left, row.parts, "ink")

    def _hit(self, painter: QPainter, box: QRect, row: PanelRow) -> None:
        px = self._theme.px
        label = box.adjusted(px(HIT_INDENT), 0, 0, 0)
        width = min(px(LABEL_WIDTH), label.width() // 3) if row.parts else label.width()
        label.setWidth(width)
        font = self._font(SIZE_HELP)
        # The form's name and the field's stand there: of both something must be left.
        shown = QFontMetrics(font).elidedText(row.before, Qt.TextElideMode.ElideMiddle, label.width())
        self._words(painter, label, shown, "ink_soft", font)
        rest = QRect(box)
        rest.setLeft(label.right() + px(GAP))
        self._parts(painter, rest, row.parts, "ink")

    def _command(self, painter: QPainter, box: QRect, row: PanelRow) -> None:
        """Words to the left; where they belong, and the keys at the far right."""
        font = self._font(SIZE_HELP)
        keys = self._width(row.after, font)
        right = QRect(box)
        right.setLeft(box.right() - keys)
        self._words(painter, right, row.after, "ink_soft", font)
        middle = box.adjusted(0, 0, -(keys + self._theme.px(GAP)) if keys else 0, 0)
        ink = "ink" if row.act is not None else "ink_soft"
        middle = self._words(painter, middle, row.words, ink, self._font())
        self._words(painter, middle, row.before, "ink_soft", font)

    # Parts of a line

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        theme, px = self._theme, self._theme.px
        chosen, under = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        if not chosen and not (under and state & QStyle.StateFlag.State_Enabled):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if chosen else "accent_softer"))
        painter.drawRoundedRect(box.adjusted(px(2), 1, -px(2), -1), CORNER, CORNER)
        if chosen:  # a bar besides, for those who do not tell the colours apart
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(
                QRect(box.left() + px(2), box.top() + px(6), px(3), box.height() - px(12)), 1, 1
            )

    def _parts(self, painter: QPainter, box: QRect, parts: tuple[tuple[str, bool], ...], ink: str) -> None:
        """Draw words one after the other, the marked ones in bold, until there is no more room."""
        left = QRect(box)
        for words, marked in parts:
            font = self._font(strong=marked)
            left = self._words(painter, left, words, ink, font, gap=0)
            if left.width() <= 0:
                return

    def _words(
        self, painter: QPainter, box: QRect, words: str, ink: str, font: QFont, *, gap: int = GAP
    ) -> QRect:
        """Draw words, cut off where the room ends; return the room that is left after them."""
        if not words or box.width() <= 0:
            return box
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            box, flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextIncludeTrailingSpaces, shown
        )
        used = self._width(shown, font)
        if shown != words:
            used = box.width()
        return box.adjusted(used + self._theme.px(gap), 0, 0, 0)

    def _width(self, words: str, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(words) if words else 0

    def _font(self, size: int = SIZE_BODY, *, strong: bool = False) -> QFont:
        return self._theme.font(size, strong=strong)
