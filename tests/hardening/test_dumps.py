"""The memory of the program is for nobody else: limits set, dumps forbidden, another program's reading refused."""

import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux has the calls this test reads back")
PR_GET_DUMPABLE = 3
ASK = f"""
import ctypes, resource
print(ctypes.CDLL(None).prctl({PR_GET_DUMPABLE}, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
# A program without root's rights starts another of the same user and tries to read its memory. Who gives up root is
# made undumpable by the system, so both ends say first that they may be read.
PRY = """
import ctypes, os, signal, sys
from desktop_app.hardening import linux
READABLE = "ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)"
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
eval(READABLE)
reader, writer = os.pipe()
child = os.fork()
if child == 0:
    eval(READABLE)
    if sys.argv[1] == "hardened":
        linux.forbid_dumps()
    os.write(writer, b"1")
    signal.pause()
os.close(writer)
os.read(reader, 1)
try:
    os.close(os.open(f"/proc/{child}/mem", os.O_RDONLY))
    print("read")
except PermissionError:
    print("refused")
os.kill(child, signal.SIGKILL)
os.waitpid(child, 0)
"""


def said(code: str, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return ran.stdout.strip()


@ONLY_LINUX
def test_the_process_leaves_no_dump():
    assert said("from desktop_app.hardening import harden; harden()" + ASK) == "0 (0, 0)"
    assert said(ASK).startswith("1 "), "the control is dumpable"


@ONLY_LINUX
def test_another_program_of_the_same_user_cannot_read_the_memory():
    if said(PRY, "plain") != "read":
        pytest.skip("this machine lets nobody read another program's memory")
    assert said(PRY, "hardened") == "refused"
