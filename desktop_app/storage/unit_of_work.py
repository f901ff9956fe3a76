"""One act of the caseworker = one transaction = at least one line in the audit log.

``with vault.unit_of_work(actor=…, now=…) as work:`` begins at once to write, so nobody else can in between. The
stores are its attributes. Leaving without ``work.commit()`` undoes everything, and so does any error.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Generic, Self, TypeVar

from desktop_app.domain.audit import AuditEvent
from desktop_app.storage.answer_store import AnswerStore
from desktop_app.storage.audit_store import AuditStore
from desktop_app.storage.backup_medium_store import BackupMediumStore
from desktop_app.storage.backup_rehearsal_store import BackupRehearsalStore
from desktop_app.storage.case_card_store import CaseCardStore
from desktop_app.storage.case_document_store import CaseDocumentStore
from desktop_app.storage.case_link_store import CaseLinkStore
from desktop_app.storage.case_store import CaseStore
from desktop_app.storage.connection import Database
from desktop_app.storage.crisis_binder_store import CrisisBinderStore
from desktop_app.storage.deadline_store import DeadlineStore
from desktop_app.storage.desk_note_store import DeskNoteStore
from desktop_app.storage.disclosure_store import DisclosureStore
from desktop_app.storage.document_store import DocumentStore
from desktop_app.storage.form_store import FormStore
from desktop_app.storage.journal_store import JournalStore
from desktop_app.storage.key_era_store import KeyEraStore
from desktop_app.storage.known_backup_store import KnownBackupStore
from desktop_app.storage.log_line_store import LogLineStore
from desktop_app.storage.meta_store import MetaStore
from desktop_app.storage.own_rules_store import OwnRulesStore
from desktop_app.storage.placement_store import PlacementStore
from desktop_app.storage.recovery_holder_store import RecoveryHolderStore
from desktop_app.storage.search_store import SearchStore
from desktop_app.storage.settings_store import SettingsStore
from desktop_app.storage.trash_store import TrashStore
from desktop_app.storage.typed_fold import fold_in
from desktop_app.storage.typed_store import TypedStore
from desktop_app.storage.typing_log import TypingLog


class ActWithoutLine(Exception):
    """A unit of work was to be committed without an audit event. A fault in the program."""


_StoreT = TypeVar("_StoreT")


class _Made(Generic[_StoreT]):
    """A store that is made when it is first asked for: most acts ask for three of them."""

    def __init__(self, kind: Callable[[Database], _StoreT]) -> None:
        self._kind = kind
        self._name = ""

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, stores: "StoreSet", owner: type[object]) -> _StoreT:
        held = vars(stores)
        made = held[self._name] = self._kind(held["_database"])
        return made


class StoreSet:
    """The stores, as attributes. A new store is one line here and nothing more."""

    meta = _Made(MetaStore)
    audit_log = _Made(AuditStore)
    settings = _Made(SettingsStore)
    own_rules = _Made(OwnRulesStore)
    cases = _Made(CaseStore)
    cards = _Made(CaseCardStore)
    case_links = _Made(CaseLinkStore)
    answers = _Made(AnswerStore)
    placements = _Made(PlacementStore)
    forms = _Made(FormStore)
    documents = _Made(DocumentStore)
    case_documents = _Made(CaseDocumentStore)
    journal = _Made(JournalStore)
    search = _Made(SearchStore)
    deadlines = _Made(DeadlineStore)
    trash = _Made(TrashStore)
    disclosures = _Made(DisclosureStore)
    backups = _Made(KnownBackupStore)
    backup_media = _Made(BackupMediumStore)
    rehearsals = _Made(BackupRehearsalStore)
    key_eras = _Made(KeyEraStore)
    recovery_holders = _Made(RecoveryHolderStore)
    desk_notes = _Made(DeskNoteStore)
    log_lines = _Made(LogLineStore)
    binders = _Made(CrisisBinderStore)

    def __init__(self, database: Database) -> None:
        self._database = database


class Reading(StoreSet):
    """Reads one unchanging state of the store. A store method that writes fails."""

    def row_counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        return {table: self._database.count_rows(table) for table in self._database.table_names()}

    def __enter__(self) -> Self:
        self._database.begin(writing=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.rollback()


class ReadingOver(Reading):
    """A reading while what was typed cannot be laid in its place, as on a full disk: it is laid, read, and undone."""

    def __enter__(self) -> Self:
        self._database.begin(writing=True)
        try:
            fold_in(self._database, TypedStore(self._database).waiting())
        except BaseException:
            self._database.rollback()
            raise
        self._database.write_no_more()
        return self


class _Unlogged:
    """One transaction for what is nobody's act and gets no line in the audit log.

    Left without an error it is committed, else undone.
    """

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self.now = now

    def __enter__(self) -> Self:
        self._database.begin(writing=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._database.commit()
        finally:
            self._database.rollback()


class Jotting(_Unlogged):
    """For desk notes and log lines. Made by ``Vault.jotting``."""

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(database, now)
        self.desk_notes = DeskNoteStore(database)
        self.log_lines = LogLineStore(database)


class Indexing(_Unlogged):
    """For the search's index. Made by ``Vault.indexing``."""

    def __init__(self, database: Database, now: datetime) -> None:
        super().__init__(database, now)
        self.search = SearchStore(database)


@dataclass(frozen=True)
class _Noted:
    kind: str
    case_id: str | None
    entity: str | None
    entity_id: str | None
    fields: tuple[str, ...]


class UnitOfWork(StoreSet):
    """One transaction that writes. Made by ``Vault.unit_of_work``."""

    def __init__(
        self, database: Database, *, actor: str, now: datetime, typing: TypingLog | None = None
    ) -> None:
        super().__init__(database)
        self._typing = typing
        self._actor = actor
        self._now = now
        self._noted: list[_Noted] = []
        self._open = False

    @property
    def now(self) -> datetime:
        """The moment of this act, the same in every row it writes."""
        return self._now

    @property
    def actor(self) -> str:
        """Who acts."""
        return self._actor

    def audit(
        self,
        kind: str,
        *,
        case_id: str | None = None,
        entity: str | None = None,
        entity_id: str | None = None,
        fields: tuple[str, ...] = (),
    ) -> None:
        """Note what is being done; the line is written by ``commit``. Ids and field names, never values."""
        self._noted.append(_Noted(kind, case_id, entity, entity_id, fields))

    def commit(self) -> None:
        """Write the audit lines and make everything durable together; when this returns it is saved.

        Raises ActWithoutLine when nothing was noted, DiskFull and the like when it cannot be saved; then
        nothing of the unit is kept.
        """
        if self._open and not self._noted:
            raise ActWithoutLine
        if self._typing is not None:
            self._typing.forget_known()
        self.commit_reckoned()

    def commit_reckoned(self) -> None:
        """Make durable what was reckoned anew from what was there: nobody's act, so that it may lack a line.

        Neither forms, notes nor settings are written so: what is known of them while somebody types stays true.
        What was noted all the same, such as a deadline that came of it, gets its lines as in ``commit``.
        """
        if not self._open:
            raise RuntimeError("the unit of work is over")
        seq, head = self.audit_log.head() if self._noted else (0, "")
        for number, noted in enumerate(self._noted, start=seq + 1):
            line = self.audit_log.append(
                AuditEvent(
                    seq=number,
                    at=self._now,
                    actor=self._actor,
                    kind=noted.kind,
                    case_id=noted.case_id,
                    entity=noted.entity,
                    entity_id=noted.entity_id,
                    fields=noted.fields,
                ),
                head,
            )
            head = line.hash
        self._database.commit()
        self._open = False

    def __enter__(self) -> Self:
        self._database.begin(writing=True)
        self._open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        self._database.rollback()
