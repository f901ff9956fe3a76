"""The trash: see what was removed in a case, put it back, and erase what has lain there for thirty days."""

from __future__ import annotations

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Item, ResponseStatus, Row
from desktop_app.domain.stored_answers import CASE_HOLDER, from_stored
from desktop_app.domain.trash import KEPT, DraftInTheWay, GoneFromTrash, TrashItem, TrashKind, TrashPlace
from desktop_app.services.session import Session
from desktop_app.storage.trash_store import RemovedRecord
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

_TOUCHES = {
    TrashKind.ROW: (Kind.REGISTER, Kind.FACT, Kind.FORM),
    TrashKind.DOCUMENT: (Kind.DOCUMENT,),
    TrashKind.LINK: (Kind.LINK, Kind.CASE),
    TrashKind.DRAFT: (Kind.FORM, Kind.REGISTER, Kind.DISCLOSURE),
}


def contents(session: Session, case_id: str) -> tuple[TrashItem, ...]:
    """Return what was removed in a case and can be put back, newest first."""
    with session.reading() as stores:
        found = stores.trash.of_case(case_id)
        return tuple(
            item
            for record in found
            if record.removed_at + KEPT > session.clock() and (item := _item(session, stores, record))
        )


def put_back(session: Session, place: TrashPlace) -> ChangeSet:
    """Put one thing back where it was.

    Raises:
        GoneFromTrash: it is no longer there.
        DraftInTheWay: it is a draft, and another of the same form has been written in since.

    """
    with session.act() as work:
        if place.kind is TrashKind.DRAFT:
            _make_room(work, place)
        if not work.trash.put_back(place):
            raise GoneFromTrash
        work.audit(
            "trash.put_back",
            case_id=place.case_id,
            entity=place.kind.value,
            entity_id=place.ref,
            fields=_names(place),
        )
        work.commit()
    return changed(*_TOUCHES[place.kind], case_id=place.case_id)


def _make_room(work: UnitOfWork, place: TrashPlace) -> None:
    """Let a draft that was begun meanwhile, and that nothing stands in, give way."""
    begun = work.forms.newest(place.case_id, place.link_id)
    if begun is not None and begun.status is ResponseStatus.DRAFT and begun.id != place.ref:
        if not work.forms.take_away_empty(place.case_id, begun.id):
            raise DraftInTheWay
        work.audit("form.empty_gave_way", case_id=place.case_id, entity=place.link_id, entity_id=begun.id)


def empty_overdue(session: Session) -> ChangeSet | None:
    """Erase what has lain in the trash for thirty days; ``None`` when nothing has."""
    with session.reading() as stores:
        overdue = stores.trash.removed_before(session.clock() - KEPT)
    if not overdue:
        return None
    with session.act() as work:
        for place in overdue:
            work.trash.erase(place)
            work.audit(
                "trash.erased",
                case_id=place.case_id,
                entity=place.kind.value,
                entity_id=place.ref,
                fields=_names(place),
            )
        work.commit()
    return changed(*{kind for place in overdue for kind in _TOUCHES[place.kind]})


def _names(place: TrashPlace) -> tuple[str, ...]:
    return (place.link_id,) if place.link_id else ()


def _item(session: Session, stores: StoreSet, record: RemovedRecord) -> TrashItem | None:
    if record.place.kind is TrashKind.DRAFT:
        title = session.library.texts.get(f"{session.library.form(record.place.link_id).text_key}.title")
        return TrashItem(place=record.place, removed_at=record.removed_at, words=title)
    if record.place.kind is not TrashKind.ROW:
        return TrashItem(place=record.place, removed_at=record.removed_at, words=record.words)
    table = _table(session, stores, record.place)
    if table is None:
        return None
    row = _row(stores, record.place, table)
    return TrashItem(place=record.place, removed_at=record.removed_at, item=table, row=row)


def _table(session: Session, stores: StoreSet, place: TrashPlace) -> Item | None:
    """Return the item a removed row belongs to: a form's own, or the first one that shows the register."""
    if place.holder == CASE_HOLDER:
        every = (item for form in session.library.forms for item in form.items())
        return next((item for item in every if item.rows_from == place.link_id), None)
    for record in stores.forms.of_case(place.case_id):
        if record.id == place.holder:
            definition = session.library.form(record.form_id, record.form_version)
            return next((item for item in definition.items() if item.link_id == place.link_id), None)
    return None


def _row(stores: StoreSet, place: TrashPlace, table: Item) -> Row:
    columns = {column.link_id: column for column in table.columns}
    answers = {
        entry.address.column: from_stored(columns[entry.address.column], entry.answer)
        for entry in stores.answers.of_holder(place.case_id, place.holder)
        if (entry.address.link_id, entry.address.row_id) == (place.link_id, place.ref)
        and entry.address.column in columns
    }
    return Row(place.ref, answers)
