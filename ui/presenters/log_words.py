"""The lines of the log in words a reviewer understands: forms by their titles, answers by number. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.domain.errors import FormNotFound

if TYPE_CHECKING:
    from desktop_app.services.audit import EventView
    from desktop_app.services.library import Library

SAVED = "events.form.saved"
SETTING = "events.settings.changed"


def event_words(event: EventView, library: Library) -> str:
    """Return what was done. Field names are for the log itself; people read how many answers it was."""
    texts = library.texts
    params = dict(event.params)
    fields = [name for name in params.get("fields", "").split(", ") if name]
    params["entity"] = _form_title(params.get("entity", ""), library)
    if event.text_key == SAVED:
        key = "window.log.saved_one" if len(fields) == 1 else "window.log.saved"
        return texts.get(key, form=params["entity"], count=len(fields))
    if event.text_key == SETTING and fields and texts.has(f"window.log.settings.{fields[0]}"):
        return texts.get("window.log.setting", setting=texts.get(f"window.log.settings.{fields[0]}"))
    return texts.get(event.text_key, **params)


def _form_title(entity: str, library: Library) -> str:
    try:
        form = library.form(entity) if entity else None
    except FormNotFound:
        form = None
    return library.texts.get(f"{form.text_key}.title") if form is not None else entity
