"""What is done while the disk fails, and what must be true afterwards, whatever came of it."""

import contextlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.errors import AppError, VaultMissing, WrongPassphrase
from desktop_app.storage.backup_file import restore_backup, verify_backup, write_backup
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.migrations.runner import newest_schema
from desktop_app.storage.unlock_secrets import RecoveryKey
from desktop_app.storage.vault_file import Vault, create_vault, open_vault
from tests.faults import old_store
from tests.faults.acts import act, damage_unused_page, faults_in
from tests.helpers.kill_targets import FIRST, SECOND, SHEET
from tests.helpers.vaults import ACTOR, CHEAP, NOW, quick_derivation


class Work:
    """One piece of work. ``prepare`` lays everything out anew, ``act`` works, ``wrong`` looks afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "run" / "store"
        self.stick = folder / "run" / "stick"
        self.watched = folder / "run"
        self.call = 0
        self._template = folder / "template"
        self._make_template()

    def _make_template(self) -> None:
        (self._template / "stick").mkdir(parents=True)
        with quick_derivation():
            vault, _ = create_vault(self._template / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)
            with vault:
                for number in range(1, 30):
                    act(vault, number, random.Random(number))
                write_backup(vault, self._template / "stick", now=NOW)

    def prepare(self, call: int) -> None:
        """Lay out a store with 29 acts and a stick with one backup."""
        self.call = call
        shutil.rmtree(self.folder / "run", ignore_errors=True)
        shutil.copytree(self._template, self.folder / "run")
        self.begin()

    def begin(self) -> None:
        """What is done while the disk still works."""

    def act(self) -> None:
        """The work itself."""
        raise NotImplementedError

    def wrong(self, *, failed: bool) -> list[str]:
        """Say what is wrong now that the disk works again, in trying the same work once more too."""
        raise NotImplementedError

    def again(self) -> list[str]:
        """Do the work once more, and tell if it cannot be done."""
        try:
            self.act()
        except AppError as error:
            return [f"again: {type(error).__name__}"]
        return []


class Saving(Work):
    """Acts are saved one after the other; closing meets the failing disk too, every other time."""

    vault: Vault

    def begin(self) -> None:
        self.saved = 29
        self.vault = open_vault(self.store, FIRST)

    def act(self) -> None:
        try:
            for number in range(self.saved + 1, self.saved + 11):
                act(self.vault, number, random.Random(number))
                self.saved = number
        finally:
            if self.call % 2:
                self.vault.close()

    def wrong(self, *, failed: bool) -> list[str]:
        found: list[str] = []
        if not self.call % 2:
            found += [f"still open: {fault}" for fault in faults_in(self.vault, self.saved)]
            try:
                act(self.vault, self.saved + 1, random.Random(1))
                self.saved += 1
            except AppError as error:
                found.append(f"still open, again: {type(error).__name__}")
            self.vault.close()
        with open_vault(self.store, FIRST) as vault:
            found += faults_in(vault, self.saved)
            number = int(_settings(vault)["test_act"])
            act(vault, number + 1, random.Random(1))
        left = {path.name for path in self.store.iterdir()} - AT_REST
        return [*found, *(f"left: {name}" for name in left)]


class SavingHeedless(Saving):
    """The control: what could not be saved is called saved all the same."""

    def act(self) -> None:
        for number in range(self.saved + 1, self.saved + 11):
            with contextlib.suppress(AppError):
                act(self.vault, number, random.Random(number))
            self.saved = number
        if self.call % 2:
            self.vault.close()


class ChangingPassphrase(Work):
    """The passphrase is changed: when told that it failed the old one opens, else the new one."""

    def begin(self) -> None:
        self.vault = open_vault(self.store, FIRST)

    def act(self) -> None:
        self.vault.change_passphrase(FIRST, SECOND, actor=ACTOR, now=NOW, cost=CHEAP)

    def wrong(self, *, failed: bool) -> list[str]:
        found: list[str] = []
        if failed:
            found += self._which(FIRST, "after the failure")
            found += self.again()
        self.vault.close()
        found += self._opens(SECOND.text)
        return found

    def _which(self, expected: object, when: str) -> list[str]:
        # Looked at in a copy: the store is still open.
        aside = self.folder / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.store, aside)
        opened = [secret for secret in (FIRST, SECOND) if _opens(aside, secret)]
        return [] if opened == [expected] else [f"{when}: {len(opened)} open, not the one told"]

    def _opens(self, expected: str) -> list[str]:
        opened = [secret.text for secret in (FIRST, SECOND) if _opens(self.store, secret)]
        return [] if opened == [expected] else [f"opens with {len(opened)}, not the one told"]


class BackingUp(Work):
    """A backup is written; whatever comes of it, the earlier one is untouched and the store too."""

    watched_part = ""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.watched = folder / "run" / self.watched_part
        self.earlier = {path.name: path.read_bytes() for path in backups_in(self._template / "stick")}

    def begin(self) -> None:
        self.vault = open_vault(self.store, FIRST)
        self.finished: list[Path] = []

    def act(self) -> None:
        self.finished.append(write_backup(self.vault, self.stick, now=NOW).path)

    def wrong(self, *, failed: bool) -> list[str]:
        found = self._stick_faults()
        found += [f"store: {fault}" for fault in faults_in(self.vault, 29)]
        found += self.again()
        found += self._stick_faults()
        left = [path.name for path in self.stick.iterdir() if path.suffix != ".sakb"]
        self.vault.close()
        left += {path.name for path in self.store.iterdir()} - AT_REST
        return [*found, *(f"left: {name}" for name in left)]

    def _stick_faults(self) -> list[str]:
        found = []
        if any((self.stick / name).read_bytes() != content for name, content in self.earlier.items()):
            found.append("the earlier backup was touched")
        for path in backups_in(self.stick):
            try:
                verify_backup(path, FIRST)
            except AppError as error:
                found.append(f"{path.name}: {type(error).__name__}")
        return found + [f"missing: {path.name}" for path in self.finished if not path.exists()]


class BackingUpToStick(BackingUp):
    """Only the stick fails; the store's own disk works on."""

    watched_part = "stick"


class NewStore(Work):
    """A store is made in a new folder: it is not there, or whole; and making it again goes well."""

    @property
    def new(self) -> Path:
        """Where it is made."""
        return self.folder / "run" / "new"

    def wrong(self, *, failed: bool) -> list[str]:
        found: list[str] = []
        try:
            with open_vault(self.new, FIRST) as vault:
                if not vault.check().sound:
                    found.append("not sound")
            # The very last call of all failed, and nothing could be taken back: whole, and told so when tried again.
            if failed and self.again() not in (["again: VaultExists"], ["again: RestoreTargetNotEmpty"]):
                found.append("made once more over the first")
        except VaultMissing:
            found += self.again() if failed else ["said to be made, but not there"]
        left = {path.name for path in (self.folder / "run").iterdir()} - {"store", "stick", "new"}
        return [*found, *(f"left: {name}" for name in left)]


class Creating(NewStore):
    """A new, empty store."""

    def act(self) -> None:
        create_vault(self.new, FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0].close()


class Restoring(NewStore):
    """A store made of a backup."""

    def act(self) -> None:
        restore_backup(backups_in(self.stick)[0], self.new, FIRST)


class Healing(Work):
    """A store with a bad page that holds nothing is copied anew: all rows stay, whatever comes of it."""

    def begin(self) -> None:
        with open_vault(self.store, FIRST) as vault:
            key = vault._data_key
        damage_unused_page(self.store, key)
        self.vault = open_vault(self.store, FIRST)

    def act(self) -> None:
        self.vault.heal(actor=ACTOR, now=NOW)

    def wrong(self, *, failed: bool) -> list[str]:
        found = self.again() if failed else []
        found += [f"still open: {fault}" for fault in faults_in(self.vault, 29)]
        self.vault.close()
        with open_vault(self.store, FIRST) as vault:
            found += faults_in(vault, 29)
        left = {path.name for path in self.store.iterdir()} - AT_REST
        return [*found, *(f"left: {name}" for name in left)]


class ReplacingDataKey(ChangingPassphrase):
    """Everything is copied under a new key: told that it failed the old passphrase opens, else the new one."""

    def act(self) -> None:
        self.vault.replace_data_key(FIRST, SECOND, OTHER_SHEET, actor=ACTOR, now=NOW, cost=CHEAP)

    def wrong(self, *, failed: bool) -> list[str]:
        found = super().wrong(failed=failed)
        with open_vault(self.store, SECOND) as vault:
            found += faults_in(vault, 29)
        databases = [path.name for path in self.store.glob("data*.db*")]
        return found if len(databases) == 1 else [*found, f"databases left: {databases}"]


class Migrating(Work):
    """A store of schema 1 is opened: it stays as it was or becomes new, and its rows are kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        old_store.key()
        database = old_store.database(old_store.copied(folder / "old"))
        self.rows = old_store.rows_of(database)
        database.close()

    def begin(self) -> None:
        shutil.rmtree(self.store)
        old_store.copied(self.store)

    def act(self) -> None:
        old_store.opened(self.store).close()

    def wrong(self, *, failed: bool) -> list[str]:
        found: list[str] = []
        database = old_store.database(self.store)
        if database.schema_version not in range(1, newest_schema() + 1):  # each step is whole by itself
            found.append(f"between: {database.schema_version}")
        if old_store.rows_of(database) != self.rows:
            found.append("rows are lost before it was tried again")
        database.close()
        with old_store.opened(self.store) as vault:
            if not vault.check().sound:
                found.append("not sound")
            if old_store.rows_of(vault.database) != self.rows:
                found.append("rows are lost")
        return found


OTHER_SHEET = RecoveryKey(b"another in the safe.")
AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}

WORKS: dict[str, Callable[[Path], Work]] = {
    "saving": Saving,
    "saving_heedless": SavingHeedless,
    "changing_passphrase": ChangingPassphrase,
    "backing_up": BackingUp,
    "backing_up_to_stick": BackingUpToStick,
    "healing": Healing,
    "replacing_data_key": ReplacingDataKey,
    "creating": Creating,
    "restoring": Restoring,
    "migrating": Migrating,
}


def _settings(vault: Vault) -> dict[str, str]:
    with vault.reading() as read:
        return dict(read.settings.all())


def _opens(folder: Path, secret: object) -> bool:
    try:
        open_vault(folder, secret).close()
    except WrongPassphrase:
        return False
    return True
