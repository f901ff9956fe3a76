"""The question above a field or a table."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.domain.forms import Item
from ui.forms.context import FormContext
from ui.widgets.wrapped_words import WrappedWords


def question_label(context: FormContext, item: Item) -> WrappedWords:
    """Return the question in words, with the quiet word for what is needed where it is."""
    words = context.label(item)
    if item.required or "&" in words:  # which would be a key to press, in plain words beside a field
        label = WrappedWords(context.rich_label(item))
        label.setTextFormat(Qt.TextFormat.RichText)
    else:  # without a document of its own, which takes far longer to make than all the rest of the label
        label = WrappedWords(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
    return label
