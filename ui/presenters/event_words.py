"""A line of the log in words: forms, questions and recipients by their names instead of their codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.domain.errors import FormNotFound
from desktop_app.domain.forms import FormDefinition
from desktop_app.services.library import Library

if TYPE_CHECKING:
    from desktop_app.services.audit import EventView

CASE_FILE = "case_file"
"""Stands in the log for a document that was made for the case file."""


def event_words(event: EventView, library: Library) -> str:
    """Return what happened. Codes that have no words stand as they are."""
    form = _form(event.params.get("entity", ""), library)
    fields = [each for each in event.params.get("fields", "").split(", ") if each]
    named = {
        **event.params,
        "entity": library.texts.get(f"{form.text_key}.title") if form else event.params.get("entity", ""),
        "fields": ", ".join(dict.fromkeys(_field(each, form, library) for each in fields)),
    }
    return library.texts.get(event.text_key, **named)


def _form(entity: str, library: Library) -> FormDefinition | None:
    try:
        return library.form(entity) if entity else None
    except FormNotFound:
        return None


def _field(name: str, form: FormDefinition | None, library: Library) -> str:
    if name == CASE_FILE:
        return library.texts.get("form_page.events.case_file")
    if name in library.recipients:
        return library.texts.get(f"tables.recipients.{name}")
    item = next((item for item in form.items() if item.link_id == name), None) if form else None
    key = f"{item.text_key}.label" if item else ""
    return library.texts.get(key) if key and library.texts.has(key) else name
