"""The few facts about the store itself: who it is, and how many backups it has made."""

from desktop_app.domain.errors import DatabaseDamaged
from desktop_app.storage.store import Store


class MetaStore(Store):
    """The table ``store_meta``."""

    def begin(self, vault_id: str, created_at: str) -> None:
        """Write the facts of a new store."""
        self._execute_many(
            "INSERT INTO store_meta (key, value) VALUES (?, ?)",
            [("vault_id", vault_id), ("created_at", created_at), ("backup_sequence", "0")],
        )

    @property
    def vault_id(self) -> str:
        """The store's own random name, 32 hexadecimal characters; kept by its backups."""
        return self._value("vault_id")

    @property
    def backup_sequence(self) -> int:
        """The number of the newest backup begun; it only grows, whatever the clock says."""
        return int(self._value("backup_sequence"))

    def set_backup_sequence(self, number: int) -> None:
        """Note that backup ``number`` is begun."""
        self._execute("UPDATE store_meta SET value = ? WHERE key = 'backup_sequence'", (str(number),))

    @property
    def cards_made_by(self) -> str:
        """What the cards of the cases were last reckoned with: a digest of the rules and words, empty at first."""
        row = self._row("SELECT value FROM store_meta WHERE key = 'cards_made_by'")
        return str(row[0]) if row else ""

    def set_cards_made_by(self, digest: str) -> None:
        """Note what the cards are reckoned with from now on."""
        self._execute(
            "INSERT INTO store_meta (key, value) VALUES ('cards_made_by', ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (digest,),
        )

    def _value(self, key: str) -> str:
        row = self._row("SELECT value FROM store_meta WHERE key = ?", (key,))
        if row is None:
            raise DatabaseDamaged
        return str(row[0])
