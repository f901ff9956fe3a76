"""Removed rows, documents, links and drafts, wherever their tables are: found, put back, or erased for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.trash import TrashKind, TrashPlace
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_ROWS = (
    "SELECT 'row', case_id, row_id, holder, link_id, removed_at, '' FROM answer_row "
    "WHERE removed_at IS NOT NULL AND holder NOT IN (SELECT response_id FROM form_response "
    "WHERE status = 'finished' OR removed_at IS NOT NULL)"
)
_DOCUMENTS = (
    "SELECT 'document', case_id, document_id, '', '', removed_at, title FROM case_document "
    "WHERE removed_at IS NOT NULL"
)
_LINKS = (
    "SELECT 'link', case_link.case_id, link_id, '', '', removed_at, case_code FROM case_link "
    "JOIN client_case ON client_case.case_id = other_case_id WHERE removed_at IS NOT NULL"
)
_DRAFTS = (
    "SELECT 'draft', case_id, response_id, '', form_id, removed_at, '' FROM form_response "
    "WHERE removed_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class RemovedRecord:
    """One removed thing: where it was, when it went, and its title or the other case's code."""

    place: TrashPlace
    removed_at: datetime
    words: str


class TrashStore(Store):
    """Reads ``removed_at`` in ``answer_row``, ``case_document``, ``case_link`` and ``form_response``."""

    def of_case(self, case_id: str) -> list[RemovedRecord]:
        """Return what was removed in a case, newest first. What a finished form left out is not among it."""
        found = [
            *self._rows(_ROWS + " AND case_id = ?", (case_id,)),
            *self._rows(_DOCUMENTS + " AND case_id = ?", (case_id,)),
            *self._rows(_LINKS + " AND case_link.case_id = ?", (case_id,)),
            *self._rows(_DRAFTS + " AND case_id = ?", (case_id,)),
        ]
        return sorted((_record(row) for row in found), key=lambda each: each.removed_at, reverse=True)

    def removed_before(self, moment: datetime) -> list[TrashPlace]:
        """Return what was removed before ``moment``, in any case."""
        until = (moment_text(moment),)
        found = [
            *self._rows(_ROWS + " AND removed_at < ?", until),
            *self._rows(_DOCUMENTS + " AND removed_at < ?", until),
            *self._rows(_LINKS + " AND removed_at < ?", until),
            *self._rows(_DRAFTS + " AND removed_at < ?", until),
        ]
        return [_record(row).place for row in found]

    def put_back(self, place: TrashPlace) -> bool:
        """Put a removed thing back where it was; tell whether it was still there."""
        if place.kind is TrashKind.ROW:
            touched = self._execute(
                "UPDATE answer_row SET removed_at = NULL WHERE removed_at IS NOT NULL "
                "AND case_id = ? AND holder = ? AND link_id = ? AND row_id = ?",
                _row_key(place),
            )
        elif place.kind is TrashKind.DRAFT:
            touched = self._execute(
                "UPDATE form_response SET removed_at = NULL WHERE removed_at IS NOT NULL AND response_id = ?",
                (place.ref,),
            )
        elif place.kind is TrashKind.DOCUMENT:
            touched = self._execute(
                "UPDATE case_document SET removed_at = NULL WHERE removed_at IS NOT NULL AND document_id = ?",
                (place.ref,),
            )
        else:
            touched = self._execute(
                "UPDATE case_link SET removed_at = NULL WHERE removed_at IS NOT NULL AND link_id = ?",
                (place.ref,),
            )
        return touched > 0

    def erase(self, place: TrashPlace) -> None:
        """Erase a removed thing and all that it held, former wordings too."""
        if place.kind is TrashKind.ROW:
            key = _row_key(place)
            for table in (
                "DELETE FROM answer_revision WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ?",
                "DELETE FROM answer WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ?",
                "DELETE FROM answer_row WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ?",
            ):
                self._execute(table, key)
        elif place.kind is TrashKind.DRAFT:
            for table in (
                "DELETE FROM answer_revision WHERE case_id = ? AND holder = ?",
                "DELETE FROM answer WHERE case_id = ? AND holder = ?",
                "DELETE FROM answer_row WHERE case_id = ? AND holder = ?",
                "DELETE FROM form_response WHERE case_id = ? AND response_id = ? AND removed_at IS NOT NULL",
            ):
                self._execute(table, (place.case_id, place.ref))
        elif place.kind is TrashKind.DOCUMENT:
            self._execute("DELETE FROM document_part WHERE document_id = ?", (place.ref,))
            self._execute("DELETE FROM case_document WHERE document_id = ?", (place.ref,))
        else:
            self._execute("DELETE FROM case_link WHERE link_id = ?", (place.ref,))


def _row_key(place: TrashPlace) -> Sequence[str]:
    return place.case_id, place.holder, place.link_id, place.ref


def _record(row: Row) -> RemovedRecord:
    kind, case_id, ref, holder, link_id, removed_at, words = (str(value) for value in row)
    place = TrashPlace(kind=TrashKind(kind), case_id=case_id, ref=ref, holder=holder, link_id=link_id)
    return RemovedRecord(place, moment_of(removed_at), words)
