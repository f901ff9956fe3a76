"""The fields of a form and their order, as the municipality has set them: read, changed, put back.

The police's own form for state funding is filled in elsewhere; F12 is what one copies from, so its order follows
whatever that form looks like this year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.definitions.field_lists import field_list_text, read_field_list
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import AppError
from desktop_app.domain.field_lists import arranged, list_of
from desktop_app.domain.former_assessments import KEPT
from desktop_app.domain.forms import Address, FormDefinition
from desktop_app.domain.stored_answers import PlacedAnswer, StoredAnswer
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork

FIELDS = f"{KEPT}fields"
"""Under this, a finished form keeps the list it was filled in by."""

_SETTING = "fields."
_DRAFT = "fields."
"""The desk note of a list that is being written, by form."""


@dataclass(frozen=True, slots=True)
class FieldListView:
    """The list in use as a text. ``is_own``: the municipality's; ``is_outdated``: it has one, for an older form.

    ``draft`` is what is being written and not yet saved.
    """

    form_id: str
    text: str
    is_own: bool = False
    is_outdated: bool = False
    draft: str = ""


def field_list(session: Session, form_id: str) -> FieldListView:
    """Return the list in use for a form; that of the program where the municipality has none that fits."""
    with session.reading() as stores:
        own = list_in(stores.settings.all(), form_id)
        note = stores.desk_notes.find(_DRAFT + form_id)
    draft = note.note if note else ""
    definition = session.library.form(form_id)
    if _fits(own, definition):
        return FieldListView(form_id, own, is_own=True, draft=draft)
    program = _program_list(session.library, definition)
    return FieldListView(form_id, program, is_outdated=bool(own), draft=draft)


def keep_draft(session: Session, form_id: str, text: str) -> None:
    """Keep what is being written, so that neither a lock nor another page loses it. It is not logged."""
    now = session.clock()
    with session.vault.jotting(now=now) as jot:
        jot.desk_notes.put(_DRAFT + form_id, text, now)


def _program_list(library: Library, definition: FormDefinition) -> str:
    head = library.texts.get("fields.head")
    return field_list_text(list_of(definition), definition, library.texts, head)


def fault_in(library: Library, form_id: str, text: str) -> AppError | None:
    """Return what is wrong with a text, ``None`` when it is a list that fits; nothing is kept."""
    try:
        read_field_list(text, library.form(form_id))
    except AppError as fault:
        return fault
    return None


def take_field_list(session: Session, form_id: str, text: str) -> ChangeSet:
    """Keep a list: from now on the form has these fields, in this order. What was answered stays in the case.

    Raises:
        AppError: the text is no list that fits, see ``definitions.field_lists.read_field_list``.

    """
    read_field_list(text, session.library.form(form_id))
    return _keep(session, form_id, text, "fields.list_taken")


def put_back(session: Session, form_id: str) -> ChangeSet:
    """Go back to the list of the program."""
    return _keep(session, form_id, "", "fields.list_put_back")


def _keep(session: Session, form_id: str, text: str, kind: str) -> ChangeSet:
    with session.vault.jotting(now=session.clock()) as jot:
        jot.desk_notes.remove(_DRAFT + form_id)
    with session.act() as work:
        work.settings.put({_SETTING + form_id: text})
        work.audit(kind, entity=form_id, fields=("fields",))
        work.commit()
    return changed(Kind.SETTING)


def with_field_list(definition: FormDefinition, text: str | None) -> FormDefinition:
    """Return a form arranged by a list that was kept; as it is declared where there is none, or none that fits."""
    if not text or not definition.own_fields or not _fits(text, definition):
        return definition
    return arranged(definition, read_field_list(text, definition))


def list_in(settings: Mapping[str, str], form_id: str) -> str:
    """Return the municipality's list for a form from what was read of the settings; empty when it has none."""
    return settings.get(_SETTING + form_id, "")


def _fits(text: str, definition: FormDefinition) -> bool:
    try:
        return bool(text) and read_field_list(text, definition).is_for(definition)
    except AppError:
        return False


def keep_field_list(work: UnitOfWork, case_id: str, response_id: str, definition: FormDefinition) -> None:
    """Write, in the act that finishes a form, the list it was filled in by, where it may have one of its own."""
    text = list_in(work.settings.all(), definition.id)
    if not definition.own_fields or not text:
        return
    kept = PlacedAnswer(response_id, Address(FIELDS), StoredAnswer("answered", text))
    work.answers.put(Writer(case_id, work.now, work.actor), kept)
