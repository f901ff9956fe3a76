"""What stands half written in a page or a dialog, read off and put back: texts, choices, caret and focus.

Each part is known by its kind, its accessible name and its number among those alike, so it is found again in a
page that was built anew. Of a line for secrets nothing is read but that the caret stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from ui.widgets.secret_line import SECRET

KEEPS_ITSELF: Final = "keeps_itself"
"""The property of a part that reads off and puts back its own texts, such as a form."""

Kept = dict[str, Any]
"""What ``read_off`` returns: plain JSON."""

_TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
_CHOICES = (QComboBox, QCheckBox, QRadioButton, QListWidget, QSpinBox)


def is_secret(widget: QWidget) -> bool:
    """Tell a part that holds a passphrase or a key: its text is never kept."""
    return bool(widget.property(SECRET)) or (
        isinstance(widget, QLineEdit) and widget.echoMode() is not QLineEdit.EchoMode.Normal
    )


def read_off(root: QWidget, *, also_choices: bool) -> Kept:
    """Return what is half written below ``root``.

    On a page only what somebody typed and what has the focus (its choices are saved at once); in a dialog
    (``also_choices``) everything that can be set.
    """
    texts: dict[str, str] = {}
    choices: dict[str, Any] = {}
    focus: Kept = {}
    focused = root.window().focusWidget()  # also while another program is in front
    for path, widget in _parts(root):
        if isinstance(widget, _TEXTS):
            if not (is_secret(widget) or widget.isReadOnly()) and (also_choices or _is_typed(widget)):
                texts[path] = text_of(widget)
        elif also_choices and isinstance(widget, _CHOICES):
            choices[path] = _choice(widget)
        if widget is focused:
            focus = {"at": path, **caret_of(widget)}
    return {"texts": texts, "choices": choices, "focus": focus}


def put_back(root: QWidget, kept: Kept) -> None:
    """Put back what ``read_off`` returned; what is no longer there is passed over."""
    texts, choices, focus = (_dict(kept.get(name)) for name in ("texts", "choices", "focus"))
    parts = dict(_parts(root))
    for path, choice in choices.items():
        if path in parts:
            _choose(parts[path], choice)
    for path, text in texts.items():
        widget = parts.get(path)
        if isinstance(widget, _TEXTS) and isinstance(text, str):
            _write(widget, text)
    target = dict(_parts(root)).get(str(focus.get("at", "")))
    if target is not None:
        target.setFocus()
        put_caret(target, focus)


def lacks(root: QWidget, kept: Kept) -> bool:
    """Tell whether something that ``read_off`` returned belongs to a part that is not there yet."""
    texts, choices, focus = (_dict(kept.get(name)) for name in ("texts", "choices", "focus"))
    wanted = {*texts, *choices, *([str(focus["at"])] if focus.get("at") else [])}
    return bool(wanted) and not wanted <= {path for path, _ in _parts(root)}


def caret_of(widget: QWidget) -> dict[str, int]:
    """Return where caret and the other end of the marked text stand; nothing for what has no caret to tell of."""
    if is_secret(widget):
        return {}
    if isinstance(widget, QLineEdit):
        caret = widget.cursorPosition()
        start, end = widget.selectionStart(), widget.selectionEnd()
        return {"caret": caret, "anchor": caret if start < 0 else start if caret == end else end}
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        return {"caret": cursor.position(), "anchor": cursor.anchor()}
    return {}


def put_caret(widget: QWidget, kept: Kept) -> None:
    """Put caret and marked text back; places past the end become the end."""
    caret, anchor = kept.get("caret"), kept.get("anchor")
    if not isinstance(caret, int) or not isinstance(anchor, int):
        return
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(anchor)
        if caret != anchor:
            widget.setSelection(anchor, caret - anchor)
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        cursor = widget.textCursor()
        last = max(0, widget.document().characterCount() - 1)
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(caret, last), cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)


def text_of(widget: QWidget) -> str:
    """Return the text of a field."""
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit | QTextEdit) else ""


def _parts(root: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Every part below the root with its path, but for what keeps itself and what is Qt's own."""
    counts: dict[str, int] = {}
    for widget in _walk(root):
        name = f"{type(widget).__name__}:{widget.accessibleName()}"
        counts[name] = counts.get(name, 0) + 1
        yield f"{name}:{counts[name]}", widget


def _walk(widget: QWidget) -> Iterator[QWidget]:
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or child.property(KEEPS_ITSELF):
            continue
        yield child
        if not (is_secret(child) or isinstance(child, (*_TEXTS, QSpinBox, QListWidget))):
            yield from _walk(child)


def _is_typed(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit):
        return widget.isModified()
    return isinstance(widget, QPlainTextEdit | QTextEdit) and widget.document().isModified()


def _write(widget: QWidget, text: str) -> None:
    """Write a text as if it had been typed, so that it is kept again the next time."""
    if isinstance(widget, QLineEdit):
        if text != widget.text():
            widget.setText(text)
        widget.setModified(True)
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        if text != widget.toPlainText():
            widget.setPlainText(text)
        widget.document().setModified(True)


def _choice(widget: QWidget) -> Any:  # noqa: ANN401 - JSON
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.isEditable() else widget.currentIndex()
    if isinstance(widget, QCheckBox | QRadioButton):
        return widget.isChecked()
    if isinstance(widget, QListWidget):
        return widget.currentRow()
    return widget.value() if isinstance(widget, QSpinBox) else None


def _choose(widget: QWidget, choice: Any) -> None:  # noqa: ANN401 - JSON
    if isinstance(widget, QComboBox) and isinstance(choice, str):
        widget.setCurrentText(choice)
    elif isinstance(widget, QComboBox) and isinstance(choice, int):
        widget.setCurrentIndex(choice if choice < widget.count() else -1)
    elif isinstance(widget, QCheckBox | QRadioButton):
        widget.setChecked(bool(choice))
    elif isinstance(widget, QListWidget) and isinstance(choice, int):
        widget.setCurrentRow(min(choice, widget.count() - 1))
    elif isinstance(widget, QSpinBox) and isinstance(choice, int):
        widget.setValue(choice)


def _dict(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}
