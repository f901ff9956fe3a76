"""A login service on a bus of its own, and the program's watch on it. Run by test_bus_messages.py."""

import os
import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
LOGIN = "/org/freedesktop/login1"
OURS, THEIRS = f"{LOGIN}/session/_32", f"{LOGIN}/session/_31"
MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SERVE_MS, SPEAK_MS = 30_000, 20

app = QCoreApplication(sys.argv)


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


@ClassInfo({"D-Bus Interface": MANAGER})
class Login(QObject):
    """Answers as systemd's login service does, as far as the watch asks."""

    reader = -1

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, name: str) -> QDBusObjectPath:
        return QDBusObjectPath(OURS if name == "auto" else THEIRS)

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:
        tell(f"inhibited {what} {mode}")
        self.reader, writer = os.pipe()
        os.set_blocking(self.reader, False)
        handed = QDBusUnixFileDescriptor(writer)
        os.close(writer)
        return handed

    def is_let_go(self) -> bool:
        """Whether whoever inhibited has closed what it was handed."""
        try:
            return os.read(self.reader, 1) == b""
        except BlockingIOError:
            return False


def serve() -> None:
    """Be the login service: wait until the watch has come, then say what such a service says."""
    bus = QDBusConnection.systemBus()
    login = Login()
    bus.registerObject(LOGIN, login, QDBusConnection.RegisterOption.ExportAllSlots)
    bus.registerService("org.freedesktop.login1")
    watcher = os.fork()
    if watcher == 0:
        os.execv(sys.executable, [sys.executable, __file__, "watch"])
    script = iter(
        [
            (LOGIN, MANAGER, "PrepareForSleep", [False]),
            (LOGIN, MANAGER, "PrepareForSleep", [True]),
            (THEIRS, SESSION, "Lock", []),
            (THEIRS, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": False}, [""]]),
            (OURS, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": True}, [""]]),
            (OURS, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": False}, [""]]),
            (OURS, SESSION, "Unlock", []),
            (OURS, SESSION, "Lock", []),
            (LOGIN, PROPERTIES, "PropertiesChanged", [MANAGER, {"LidClosed": False}, [""]]),
            (LOGIN, PROPERTIES, "PropertiesChanged", [MANAGER, {"LidClosed": True}, [""]]),
            (LOGIN, "org.example.Test", "Over", []),
        ]
    )
    waiting = {"let_go": False}

    def speak() -> None:
        if login.reader < 0:
            return
        if waiting["let_go"]:
            if not login.is_let_go():
                return
            tell("let go")
            waiting["let_go"] = False
        path, interface, member, arguments = next(script, (None, None, None, None))
        if path is None:
            os.waitpid(watcher, 0)
            app.quit()
            return
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(arguments)
        bus.send(signal)
        waiting["let_go"] = (member, arguments) == ("PrepareForSleep", [True])

    timer = QTimer(interval=SPEAK_MS)
    timer.timeout.connect(speak)
    timer.start()
    QTimer.singleShot(SERVE_MS, app.quit)
    app.exec()


def watch() -> None:
    """Be the program: listen, and say what was heard."""
    from ui.system.bus_watch import BusWatch

    class End(QObject):
        @Slot()
        def over(self) -> None:
            listener.stop()
            tell("stopped")
            app.quit()

    end = End()
    listener = BusWatch(lambda code: tell(f"lock {code}"))
    QDBusConnection.systemBus().connect("", "", "org.example.Test", "Over", end, "1over()")
    listener.start()
    QTimer.singleShot(SERVE_MS, app.quit)
    app.exec()


if __name__ == "__main__":
    watch() if "watch" in sys.argv else serve()
