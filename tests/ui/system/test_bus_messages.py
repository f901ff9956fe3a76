"""Signals as they come on Linux's message buses: which of them lock, and which must not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT
from ui.system.bus_messages import code_for

MANAGER, SESSION = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session"
PROPERTIES, POWER = "org.freedesktop.DBus.Properties", "org.freedesktop.UPower"
CHANGED = "PropertiesChanged"

MUST_LOCK = {
    "sleep begins": (MANAGER, "PrepareForSleep", [True], "sleep"),
    "shutdown begins": (MANAGER, "PrepareForShutdown", [True], "shutdown"),
    "loginctl lock-session": (SESSION, "Lock", [], "session_locked"),
    "the desktop's lock": ("org.freedesktop.ScreenSaver", "ActiveChanged", [True], "session_locked"),
    "GNOME's lock": ("org.gnome.ScreenSaver", "ActiveChanged", [True], "session_locked"),
    "another user": (PROPERTIES, CHANGED, [SESSION, {"Active": False}, []], "user_switch"),
    "locked, says the session": (PROPERTIES, CHANGED, [SESSION, {"LockedHint": True}, []], "session_locked"),
    "lid down, UPower": (PROPERTIES, CHANGED, [POWER, {"LidIsClosed": True}, []], "lid"),
    "lid down, login": (PROPERTIES, CHANGED, [MANAGER, {"Docked": False, "LidClosed": True}, []], "lid"),
}
MUST_NOT_LOCK = {
    "awake": (MANAGER, "PrepareForSleep", [False]),
    "shutdown called off": (MANAGER, "PrepareForShutdown", [False]),
    "unlocked": (SESSION, "Unlock", []),
    "screen saver over": ("org.freedesktop.ScreenSaver", "ActiveChanged", [False]),
    "our turn again": (PROPERTIES, CHANGED, [SESSION, {"Active": True}, []]),
    "idle hint": (PROPERTIES, CHANGED, [SESSION, {"IdleHint": True}, []]),
    "lid up": (PROPERTIES, CHANGED, [POWER, {"LidIsClosed": False}, []]),
    "battery": (PROPERTIES, CHANGED, [POWER, {"OnBattery": True}, []]),
    "a lid of something else": (PROPERTIES, CHANGED, ["org.example.Box", {"LidClosed": True}, []]),
    "another's sleep": ("org.example.Manager", "PrepareForSleep", [True]),
    "no argument": (MANAGER, "PrepareForSleep", []),
    "a text": (MANAGER, "PrepareForSleep", ["true"]),
    "no map": (PROPERTIES, CHANGED, [SESSION, "Active"]),
    "cut short": (PROPERTIES, CHANGED, [SESSION]),
}


@pytest.mark.parametrize(
    ("interface", "member", "arguments", "code"), MUST_LOCK.values(), ids=MUST_LOCK.keys()
)
def test_a_signal_that_means_lock(interface: str, member: str, arguments: list[object], code: str):
    assert code_for(interface, member, arguments) == code


@pytest.mark.parametrize(
    ("interface", "member", "arguments"), MUST_NOT_LOCK.values(), ids=MUST_NOT_LOCK.keys()
)
def test_a_signal_that_does_not(interface: str, member: str, arguments: list[object]):
    assert code_for(interface, member, arguments) is None


@pytest.mark.needs("dbus-daemon", "dbus-run-session")
def test_the_watch_hears_a_real_bus(tmp_path: Path):
    # The bus of its own stands in for the system's and the session's, so nothing on this machine is touched.
    script = Path(__file__).with_name("bus_run.py")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ran.stdout.splitlines() == [
        "inhibited sleep delay",
        "lock sleep",
        "let go",
        "lock user_switch",
        "lock session_locked",
        "lock lid",
        "stopped",
    ], ran.stderr
