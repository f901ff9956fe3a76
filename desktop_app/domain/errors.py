"""Typed errors. Each class has a stable code; its Swedish text stands under that code in texts/sv/errors.toml.

An error carries codes, counts, file places and field names, never what a person said or is called:
whatever is put into ``params`` may be shown on screen and written to a log.
"""

from typing import ClassVar


class AppError(Exception):
    """Root of all expected errors. Anything else that is raised is a fault in the program."""

    code: ClassVar[str] = "unexpected"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code)
        self.params = params


class UserError(AppError):
    """Something the person at the desk can mend at once."""

    code = "user"


class WorldError(AppError):
    """Something in the world around the program: a full disk, a busy file, damage."""

    code = "world"


class UsageError(AppError):
    """A command was given words it cannot use (exit status 2)."""

    code = "usage"


class Cancelled(AppError):
    """The person asked the work to stop. Nothing is left behind."""

    code = "cancelled"


# The vault


class WrongPassphrase(UserError):
    """The passphrase does not open the key file; the key file itself is whole."""

    code = "vault.wrong_passphrase"


class PassphraseTooWeak(UserError):
    """The chosen passphrase is shorter than 15 characters or stands on the block list."""

    code = "vault.passphrase_too_weak"


class RecoveryKeyMistyped(UserError):
    """The check group does not fit the other groups: a typing error, not a wrong key."""

    code = "vault.recovery_key_mistyped"


class RecoveryKeyWrong(UserError):
    """The recovery key is well formed but belongs to another store or an older sheet."""

    code = "vault.recovery_key_wrong"


class CardMistyped(UserError):
    """What was typed is no card (``card``: which of those typed, from 1): a word is wrong, missing or too many."""

    code = "vault.card_mistyped"


class CardsOfTwoSets(UserError):
    """Each card is whole, but they do not belong together: of different sets, or the same card twice."""

    code = "vault.cards_of_two_sets"


class CardsWrong(UserError):
    """The cards belong together, but open another store or have been replaced."""

    code = "vault.cards_wrong"


class CardsNotInUse(UserError):
    """The store has no cards."""

    code = "vault.cards_not_in_use"


class MemoryShort(WorldError):
    """The computer cannot give the memory (``mebibytes``) that one try at a secret takes."""

    code = "vault.memory_short"


class VaultMissing(UserError):
    """There is no store in the folder (``place``)."""

    code = "vault.missing"


class VaultExists(UserError):
    """The folder (``place``) already holds a store; a new one is never written over it."""

    code = "vault.exists"


class VaultInUse(WorldError):
    """Another running program has the store open."""

    code = "vault.in_use"


class AlreadyOpen(WorldError):
    """The program is running already for this person; that window has been called forward."""

    code = "program.already_open"


class KeyFileDamaged(WorldError):
    """Neither copy of the key file can be read."""

    code = "vault.key_file_damaged"


class KeyFileTooNew(WorldError):
    """The key file has a format this program does not know."""

    code = "vault.key_file_too_new"


class DatabaseDamaged(WorldError):
    """The key is right but the database cannot be read: damage."""

    code = "vault.database_damaged"


class DatabaseEmpty(WorldError):
    """The database file has no bytes: a full disk or a broken copy, never a new store."""

    code = "vault.database_empty"


class DatabaseForeign(WorldError):
    """The file is a database, or some other file, that Utväg did not make."""

    code = "vault.database_foreign"


class VaultTooNew(WorldError):
    """The store was last used by a newer program (``schema`` against ``known``)."""

    code = "vault.too_new"


class FolderNotWritable(WorldError):
    """The program may not write in the folder (``place``)."""

    code = "vault.folder_not_writable"


class MediumReadOnly(FolderNotWritable):
    """The medium the folder (``place``) lies on takes no writing at all, such as a locked stick."""

    code = "vault.medium_read_only"


class PlaceOnNetwork(UserError):
    """A store was to be put in a network folder (``place``); ``by`` names the file system."""

    code = "vault.place_on_network"


class PlaceSynced(UserError):
    """A store was to be put in a folder (``place``) that a program (``by``) synchronises."""

    code = "vault.place_synced"


class DiskFull(WorldError):
    """No room was left on the medium; what was saved before stands."""

    code = "vault.disk_full"


class MediumFailed(WorldError):
    """The disk or stick stopped answering in the middle of reading or writing; what was saved before stands."""

    code = "vault.medium_failed"


class FolderNotEmpty(UserError):
    """A new store is made in a new or empty folder; this one (``place``) holds other things."""

    code = "vault.folder_not_empty"


class MigrationFailed(WorldError):
    """A store could not be brought to this program's version (``step``); the old one stands untouched."""

    code = "vault.migration_failed"


class AuditChainBroken(WorldError):
    """The audit log does not hang together (first bad line: ``seq``)."""

    code = "vault.audit_chain_broken"


# Backups


class BackupDamaged(WorldError):
    """The backup file is cut, changed or does not match its own manifest."""

    code = "backup.damaged"


class BackupForeign(UserError):
    """The file is no backup of Utväg."""

    code = "backup.foreign"


class BackupTooNew(WorldError):
    """The backup was made by a newer program."""

    code = "backup.too_new"


class BackupPlaceMissing(UserError):
    """The place for backups (``place``) cannot be reached."""

    code = "backup.place_missing"


class BackupPlaceSynced(UserError):
    """The place for backups (``place``) is synchronised by a program (``by``)."""

    code = "backup.place_synced"


class BackupFailed(WorldError):
    """The backup was written but did not read back as it should; it was removed."""

    code = "backup.failed"


class BackupOfOtherStore(UserError):
    """The backup is whole as far as can be seen, but belongs to another store than the one that is open."""

    code = "backup.other_store"


class MediumIsAnother(UserError):
    """At this place (``place``) is a medium that already goes by another name."""

    code = "backup.medium_is_another"


class MediumNameTaken(UserError):
    """Another medium has this name."""

    code = "backup.medium_name_taken"


class RestoreTargetNotEmpty(UserError):
    """Restoring never writes over anything: the folder (``place``) must be empty or new."""

    code = "backup.target_not_empty"


# Cases, forms, rules


class CaseNotFound(UserError):
    """No case has this code."""

    code = "case.not_found"


class FormNotFound(UserError):
    """No form has this id (``form``)."""

    code = "form.not_found"


class RecipientUnknown(UserError):
    """No recipient has this code (``recipient``); ``known`` lists the codes."""

    code = "form.recipient_unknown"


class FormFinished(UserError):
    """A finished form is not changed; a new version is begun instead."""

    code = "form.finished"


class FormHasGaps(UserError):
    """The form cannot be finished while answers are missing (``count``)."""

    code = "form.has_gaps"


class StaleRevision(WorldError):
    """The form was changed elsewhere since it was shown."""

    code = "form.stale_revision"


class BadAnswer(UserError):
    """What was typed cannot be read as the asked kind of answer (``reason``); it is kept as typed."""

    code = "form.bad_answer"


class MotivationMissing(UserError):
    """A judgement that departs from the table needs a written motivation."""

    code = "assessment.motivation_missing"


class NoteSigned(UserError):
    """A signed note never changes; a correction is an addendum."""

    code = "journal.signed"


class NoteLocked(UserError):
    """A draft that was left too long is not rewritten; it is signed as it stands."""

    code = "journal.locked"


class NoteHasGaps(UserError):
    """The note cannot be signed while something it must tell is lacking (``count``)."""

    code = "journal.has_gaps"


class NoteStale(WorldError):
    """The note was written elsewhere since it was shown."""

    code = "journal.stale"


class DefinitionFault(WorldError):
    """A file the program came with is faulty: ``file``, ``key``, ``fault``."""

    code = "definition.fault"


class AssessFileFault(UsageError):
    """A file for ``utvag assess`` is not of the agreed form: ``key`` and ``fault``."""

    code = "assess.file_fault"


class ModelUnknown(UsageError):
    """No rule set has this id; ``known`` lists the ids."""

    code = "assess.model_unknown"


# Files the person names


class TargetNotWritable(WorldError):
    """The file or folder the person named (``place``) cannot be written."""

    code = "file.target_not_writable"


class SourceNotReadable(UserError):
    """The file the person named (``place``) cannot be read."""

    code = "file.source_not_readable"


class TargetExists(UserError):
    """A file with this name already exists (``place``) and is not written over."""

    code = "file.target_exists"
