"""Settings, kept inside the store."""

from collections.abc import Mapping

from desktop_app.storage.store import Store


class SettingsStore(Store):
    """The table ``setting``."""

    def all(self) -> dict[str, str]:
        """Return every setting by key."""
        return {str(row[0]): str(row[1]) for row in self._rows("SELECT key, value FROM setting")}

    def put(self, settings: Mapping[str, str]) -> None:
        """Write settings over former ones."""
        self._execute_many(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            list(settings.items()),
        )
