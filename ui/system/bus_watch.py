"""Listens on Linux's message buses for the signals that mean lock, and asks sleep to wait until it is done."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

from ui.system.bus_messages import (
    LOGIN,
    LOGIN_MANAGER,
    LOGIN_SESSION,
    POWER,
    PROPERTIES,
    SCREEN_SAVERS,
    code_for,
)

ANSWER_MS: Final = 500
_MANAGER_PATH: Final = "/org/freedesktop/login1"

_ONE_MESSAGE: Final = "hear(QDBusMessage)"
_CHANGED_PROPERTIES: Final = "hear_changed(QString,QVariantMap,QStringList,QDBusMessage)"


class BusWatch(QObject):
    """Calls ``must_lock`` with a code. Signals of other people's login sessions are passed over.

    Sleep waits for us at most as long as the system allows (5 seconds by default): a *delay* inhibitor is held
    while listening, and let go once ``must_lock`` has returned.
    """

    def __init__(self, must_lock: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._must_lock = must_lock
        self._system = QDBusConnection.systemBus()
        self._session = QDBusConnection.sessionBus()
        self._own_path = ""
        self._waits: object = None

    def start(self) -> None:
        """Begin to listen on the buses that answer; without any this does nothing."""
        for interface in SCREEN_SAVERS:
            self._listen(self._session, "", interface, "ActiveChanged", _ONE_MESSAGE)
        if not self._system.isConnected():
            return
        self._own_path = self._find_own_session()
        for member in ("PrepareForSleep", "PrepareForShutdown"):
            self._listen(self._system, LOGIN, LOGIN_MANAGER, member, _ONE_MESSAGE)
        self._listen(self._system, LOGIN, LOGIN_SESSION, "Lock", _ONE_MESSAGE)
        for service in (LOGIN, POWER):
            self._listen(self._system, service, PROPERTIES, "PropertiesChanged", _CHANGED_PROPERTIES)
        self._waits = self._ask_sleep_to_wait()

    def stop(self) -> None:
        """Hear nothing more, and let sleep come when it likes."""
        self._must_lock = lambda _code: None
        self._waits = None

    @Slot(QDBusMessage)
    def hear(self, message: QDBusMessage) -> None:
        """Take a signal whose arguments are plain values."""
        self._weigh(message, message.arguments())

    @Slot(str, "QVariantMap", "QStringList", QDBusMessage)
    def hear_changed(
        self, interface: str, changed: dict[str, object], _dropped: list[str], message: QDBusMessage
    ) -> None:
        """Take the signal that properties changed."""
        self._weigh(message, [interface, changed])

    def _weigh(self, message: QDBusMessage, arguments: list[object]) -> None:
        code = code_for(message.interface(), message.member(), arguments)
        if code is None or self._is_of_another_session(message.path()):
            return
        self._must_lock(code)
        if code == "sleep":
            self._waits = None  # the vault is locked: sleep need not wait any longer

    def _is_of_another_session(self, path: str) -> bool:
        return bool(self._own_path) and "/session/" in path and path != self._own_path

    def _listen(self, bus: QDBusConnection, service: str, interface: str, member: str, slot: str) -> None:
        named: Any = SLOT(slot)  # PySide takes a text alone, whatever its own stub says
        bus.connect(service, "", interface, member, self, named)

    def _ask(self, member: str, *words: object) -> list[object]:
        """Ask the login service something; an empty list when it does not answer at once."""
        call = QDBusMessage.createMethodCall(LOGIN, _MANAGER_PATH, LOGIN_MANAGER, member)
        call.setArguments(list(words))
        answer = self._system.call(call, QDBus.CallMode.Block, ANSWER_MS)
        is_answer = answer.type() == QDBusMessage.MessageType.ReplyMessage
        return answer.arguments() if is_answer else []

    def _find_own_session(self) -> str:
        answer = self._ask("GetSession", os.environ.get("XDG_SESSION_ID", "auto"))
        path = getattr(answer[0], "path", lambda: "") if answer else lambda: ""
        return str(path())

    def _ask_sleep_to_wait(self) -> object:
        answer = self._ask("Inhibit", "sleep", "Utväg", "Valvet låses", "delay")
        return answer[0] if answer else None
