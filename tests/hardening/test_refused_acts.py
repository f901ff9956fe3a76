"""What the program never does is refused, tried in a process of its own; without the net the same act is done."""

import subprocess
import sys

import pytest

from desktop_app.hardening import refused_acts
from tests.architecture.source_tree import ROOT

HARDENED = "from desktop_app.hardening import harden; harden()\n"
ACTS = {
    "a socket": "import socket; socket.socket()",
    "a local socket": "import socket; socket.socket(socket.AF_UNIX)",
    "this computer's name": "import socket; socket.gethostname()",
    "a name looked up": "import socket; socket.getaddrinfo('localhost', 1)",
    "a web request": "import urllib.request as r; r.urlopen('data:,x')",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell line": "import os; os.system('true')",
    "a pipe to a shell": "import os; os.popen('true').close()",
    "another program in our place": "import os; os.execv('/bin/true', ['true'])",
    "a program, past subprocess": "import os; os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)",
    "a fork": "import os, sys; os.fork() or os._exit(0)",
    "stored objects": "import pickle, collections; pickle.loads(pickle.dumps(collections.OrderedDict))",
}
SELF = {
    "exec": "os.execv(sys.executable, [sys.executable, '-c', 'print(7)'])",
    "spawn": "subprocess.run([sys.executable, '-c', 'print(7)'])",
    "posix_spawn": "os.waitpid(os.posix_spawn(sys.executable, [sys.executable, '-c', 'print(7)'], {}), 0)",
}
IMPORTS = "import os, subprocess, sys\nfrom desktop_app.hardening import allow_restart\n"


def ran(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60
    )


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_forbidden_act_is_refused_and_done_without_the_net(act: str):
    refused = ran(HARDENED + act)
    assert refused.returncode == 1
    assert "ActRefused" in refused.stderr
    assert ran(act).returncode == 0


@pytest.mark.parametrize("act", SELF.values(), ids=SELF.keys())
def test_the_program_may_start_itself_through_the_door_alone(act: str):
    through = ran(f"{HARDENED}{IMPORTS}with allow_restart(): {act}")
    assert (through.returncode, through.stdout) == (0, "7\n"), through.stderr
    assert "ActRefused" in ran(f"{HARDENED}{IMPORTS}{act}").stderr


def test_the_door_lets_nothing_else_out_and_falls_shut():
    other = "with allow_restart(): os.execv('/bin/true', ['true'])"
    assert "ActRefused" in ran(HARDENED + IMPORTS + other).stderr
    later = f"with allow_restart(): pass\n{SELF['exec']}"
    assert "ActRefused" in ran(HARDENED + IMPORTS + later).stderr


@pytest.mark.parametrize(
    ("arguments", "is_itself"),
    [
        ((None, f'"{sys.executable}" -m desktop_app', None, None), True),
        ((None, f"{sys.executable} -m desktop_app", None, None), True),
        ((None, f'"{sys.executable}.bat" -m desktop_app', None, None), False),
        ((None, "cmd.exe /c dir", None, None), False),
        ((sys.executable, "anything", None, None), True),
        ((sys.executable.encode(), [], None), True),
        ((None, None), False),
        ((), False),
    ],
)
def test_the_program_knows_its_own_name_as_windows_writes_it(arguments: tuple[object, ...], is_itself: bool):
    assert refused_acts._starts_itself(arguments) is is_itself


@pytest.mark.parametrize(
    "event", ["winreg.SetValue", "winreg.CreateKey", "os.startfile", "_winapi.CreateProcess"]
)
def test_what_windows_alone_can_do_is_refused_too(event: str):
    with pytest.raises(refused_acts.ActRefused):
        refused_acts._weigh(event, ())


@pytest.mark.parametrize("event", ["open", "winreg.OpenKey", "winreg.QueryValue", "import", "ctypes.dlopen"])
def test_what_the_program_needs_passes(event: str):
    refused_acts._weigh(event, ())


def test_the_main_job_passes_the_net():
    # The doorstep hardens by itself: making a store, printing, backing up and restoring trip no wire.
    tested = subprocess.run(
        [sys.executable, "-m", "desktop_app", "--self-test"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert tested.returncode == 0, tested.stderr
    assert tested.stderr == ""
