"""A draft that is to come to nothing: thrown away whole, and taken back from the trash for thirty days."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import FormFinished
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.trash import TrashKind, TrashPlace
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Discarded:
    """A draft as it lies in the trash; ``trash.put_back`` takes it back from ``place``."""

    place: TrashPlace
    changes: ChangeSet


def discard(session: Session, case_id: str, form_id: str) -> Discarded:
    """Put the draft of a form into the trash, with all that was written in it and what it points to.

    Raises:
        FormFinished: there is no draft: what is finished stays, as it stands in its register.
        KeyError: the form is none of those whose drafts may be thrown away (a fault in the program).

    """
    definition = session.library.form(form_id)
    if not definition.discardable:
        raise KeyError(form_id)
    with session.act() as work:
        draft = work.forms.newest(case_id, form_id)
        if draft is None or draft.status is not ResponseStatus.DRAFT:
            raise FormFinished
        work.forms.remove(draft.id, work.now)
        work.audit("form.discarded", case_id=case_id, entity=form_id, entity_id=draft.id)
        work.commit()
    place = TrashPlace(kind=TrashKind.DRAFT, case_id=case_id, ref=draft.id, link_id=form_id)
    return Discarded(place, changed(Kind.FORM, Kind.REGISTER, Kind.DISCLOSURE, case_id=case_id))
