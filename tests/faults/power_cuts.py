"""A disk that loses its power: what a session wrote is replayed up to a point, and only some of it is kept.

Kept for certain is what a flush was asked for. Of the rest a cut keeps nothing, everything, or any 512-byte
sectors; and of new, renamed and removed names all, those up to some moment (a journaling file system), or only
those of folders that were flushed. The record comes from ``power_cut_shim.c``.
"""

import random
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("<cIqII")

SECTORS = ("nothing", "everything", "any")
NAMES = ("all", "up to some moment", "flushed folders")


@dataclass(frozen=True)
class Event:
    """One call: kind, which opened file, offset or size, a path or what was written, a second path."""

    kind: str
    handle: int
    number: int
    first: bytes
    second: bytes

    @property
    def path(self) -> str:
        return self.first.decode()


def read_record(path: Path) -> list[Event]:
    raw = path.read_bytes()
    events, at = [], 0
    while at + _HEAD.size <= len(raw):
        kind, handle, number, first, second = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        events.append(
            Event(kind.decode(), handle, number, raw[at : at + first], raw[at + first : at + first + second])
        )
        at += first + second
    return events


@dataclass(eq=False)
class Kept:
    """A file's bytes as flushed, and what was done to it since."""

    flushed: bytes = b""
    since: list[tuple[str, int, bytes]] = field(default_factory=list)

    def flush(self) -> None:
        self.flushed = self.after_cut("everything", random.Random(0))
        self.since.clear()

    def after_cut(self, sectors: str, luck: random.Random) -> bytes:
        content = bytearray(self.flushed)
        for kind, number, data in self.since if sectors != "nothing" else ():
            every = sectors == "everything"
            if kind == "T":
                if every or luck.random() < 0.5:
                    del content[number:]
                    content.extend(bytes(number - len(content)))
            else:
                _put(content, number, data, None if every else luck)
        return bytes(content)


def _put(content: bytearray, offset: int, data: bytes, luck: random.Random | None) -> None:
    start = 0
    while start < len(data):
        size = min(SECTOR - (offset + start) % SECTOR, len(data) - start)
        if luck is None or luck.random() < 0.5:
            at = offset + start
            content.extend(bytes(max(0, at + size - len(content))))
            content[at : at + size] = data[start : start + size]
        start += size


@dataclass
class NameChange:
    """A name made, renamed or removed, and whether its folder was flushed since."""

    kind: str
    path: str
    to: str = ""
    file: Kept | None = None
    flushed: bool = False

    def in_folder(self, folder: str) -> bool:
        return any(str(Path(path).parent) == folder for path in (self.path, self.to) if path)


class Disk:
    """A folder as it was at first, and all that has been done to it."""

    def __init__(self, start: dict[str, bytes | None]) -> None:
        self._start = {path: None if content is None else Kept(content) for path, content in start.items()}
        self._now = dict(self._start)
        self._changes: list[NameChange] = []
        self._opened: dict[int, Kept] = {}
        self._folders: dict[int, str] = {}
        self.acknowledged: list[str] = []

    def take(self, event: Event) -> None:
        """Let one more call happen."""
        match event.kind:
            case "A":
                self.acknowledged.append(event.path)
            case "C":
                file = self._opened[event.handle] = Kept()
                self._change(NameChange("C", event.path, file=file))
            case "O":
                known = self._now.get(event.path)
                if known is not None:
                    self._opened[event.handle] = known
            case "D":
                self._folders[event.handle] = event.path
            case "W" | "T":
                self._opened[event.handle].since.append((event.kind, event.number, event.first))
            case "S":
                self._flush(event.handle)
            case "M" | "U":
                self._change(NameChange(event.kind, event.path))
            case "R":
                self._change(NameChange("R", event.path, event.second.decode()))

    def _flush(self, handle: int) -> None:
        if handle in self._folders:
            for change in self._changes:
                change.flushed = change.flushed or change.in_folder(self._folders[handle])
        elif handle in self._opened:
            self._opened[handle].flush()

    def _change(self, change: NameChange) -> None:
        self._changes.append(change)
        _apply(self._now, change)

    def cut(self, sectors: str, names: str, luck: random.Random) -> dict[str, bytes | None]:
        """Return what the disk holds when the power comes back; None is a folder."""
        flushed = [number for number, change in enumerate(self._changes) if change.flushed]
        moment = luck.randint(flushed[-1] + 1 if flushed else 0, len(self._changes))
        found = dict(self._start)
        for number, change in enumerate(self._changes):
            if names == "all" or change.flushed or (names == "up to some moment" and number < moment):
                _apply(found, change)
        return {
            path: None if file is None else file.after_cut(sectors, luck)
            for path, file in sorted(found.items())
        }


def _apply(names: dict[str, Kept | None], change: NameChange) -> None:
    match change.kind:
        case "C":
            names[change.path] = change.file
        case "M":
            names[change.path] = None
        case "U":
            names.pop(change.path, None)
        case "R":
            inside = [path for path in names if path == change.path or path.startswith(change.path + "/")]
            for path in inside:
                names[change.to + path[len(change.path) :]] = names.pop(path)


def snapshot(root: Path) -> dict[str, bytes | None]:
    """Return everything below a folder by its whole path."""
    return {str(path): None if path.is_dir() else path.read_bytes() for path in sorted(root.rglob("*"))}


def lay_out(state: dict[str, bytes | None], root: Path, target: Path) -> None:
    """Put a state on a real disk below ``target``; a file whose folder was lost is lost with it."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path, content in state.items():
        place = target / Path(path).relative_to(root)
        if not place.parent.is_dir():
            continue
        if content is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(content)


def cuts(
    start: dict[str, bytes | None], events: list[Event], count: int, luck: random.Random
) -> Iterator[tuple[list[str], dict[str, bytes | None], str]]:
    """Yield what was acknowledged, what the disk then held, and how it was cut; moments are chosen at random."""
    kinds = [(sectors, names) for sectors in SECTORS for names in NAMES]
    moments = sorted(luck.randrange(len(events) + 1) for _ in range(count))
    disk, taken = Disk(start), 0
    for number, moment in enumerate(moments):
        while taken < moment:
            disk.take(events[taken])
            taken += 1
        sectors, names = kinds[number % len(kinds)]
        yield list(disk.acknowledged), disk.cut(sectors, names, luck), f"{moment}: {sectors}, {names}"
