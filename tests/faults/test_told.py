"""P3.4: each fault, made in earnest, is told in Swedish: what happened, what is safe, what to do; never to delete."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError
from desktop_app.services import backups, opening
from desktop_app.services.library import load_library
from desktop_app.services.messages import Message, message_for
from desktop_app.services.session import Session
from desktop_app.services.vault import create_store
from desktop_app.storage import place_facts
from desktop_app.storage.connection import PAGE_BYTES, open_database
from desktop_app.storage.place_kinds import Surroundings
from desktop_app.storage.vault_file import open_vault
from tests.faults.acts import damage_settings, damage_unused_page, faults_in
from tests.helpers.practice import PROFILE
from tests.helpers.vaults import NOW, PASSPHRASE, add_events, closed_vault, data_key, opened_vault

LIBRARY = load_library()
TEXTS = LIBRARY.texts
# A way to lose everything: no message may lead there.
NEVER = re.compile(
    r"\b(radera|ta bort (valvet|databasen|filen|mappen)|släng|rensa|formatera|skriv över)", re.I
)


def told(act: Callable[[], object]) -> tuple[str, Message]:
    """Return the code and the message of the error that ``act`` must raise."""
    with pytest.raises(AppError) as caught:
        act()
    return caught.value.code, message_for(caught.value, TEXTS)


def check(message: Message, *words: str) -> None:
    """Check that a message has its three parts, no gap, these words, and no way to lose anything."""
    for part in (message.happened, message.safe, message.do):
        assert part
        assert "{" not in part
        assert not NEVER.search(part), part
    whole = message.in_one_line()
    for word in words:
        assert word in whole, whole


def altered(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    path = folder / "data.db"
    path.write_bytes(change(path.read_bytes()))
    return folder


def flipped(content: bytes) -> bytes:
    damaged = bytearray(content)
    for page in range(len(content) // PAGE_BYTES * 2 // 3, len(content) // PAGE_BYTES):
        damaged[page * PAGE_BYTES + 100] ^= 1
    return bytes(damaged)


DAMAGE = {
    "cut file": (lambda content: content[:-1000], "vault.database_damaged", "säkerhetskopia"),
    "first page zeroed": (lambda content: bytes(4096) + content[4096:], "vault.database_damaged", "skadad"),
    "empty file": (lambda _: b"", "vault.database_empty", "tom"),
    "another program's file": (
        lambda _: b"SQLite format 3\0" + bytes(8176),
        "vault.database_foreign",
        "inte en databas från Utväg",
    ),
}


@pytest.mark.parametrize("fault", DAMAGE)
def test_a_damaged_file(tmp_path: Path, fault: str):
    change, code, words = DAMAGE[fault]
    folder = altered(closed_vault(tmp_path / "store"), change)
    found, message = told(lambda: open_vault(folder, PASSPHRASE))
    assert found == code
    check(message, words)


def test_a_newer_store(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    database = open_database(folder / "data.db", data_key(folder))
    database.schema_version = 99
    database.close()
    code, message = told(lambda: open_vault(folder, PASSPHRASE))
    assert code == "vault.too_new"
    check(message, "nyare version", "rör det inte")


def test_a_second_start(tmp_path: Path):
    with opened_vault(tmp_path / "store"):
        code, message = told(lambda: open_vault(tmp_path / "store", PASSPHRASE))
    assert code == "vault.in_use"
    check(message, "redan öppet", "orört", "fönstret")


def test_damage_met_while_working(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with open_vault(folder, PASSPHRASE) as vault:
        add_events(vault, 40)
    altered(folder, flipped)

    def work() -> None:
        with open_vault(folder, PASSPHRASE) as vault:
            add_events(vault, 400)
            with vault.reading() as read:
                list(read.audit_log.each())

    code, message = told(work)
    assert code == "vault.database_damaged"
    check(message, "Återställ den senaste säkerhetskopian", "Spara den skadade mappen")


# Media. Root may write anywhere, so a locked medium is one that is mounted so.


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "medium"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_read_only_medium(medium: Path):
    folder = closed_vault(medium / "store")
    subprocess.run(["mount", "-o", "remount,ro", str(medium)], check=True)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for act in (
        lambda: open_vault(folder, PASSPHRASE),
        lambda: create_store(LIBRARY, medium / "new", PROFILE, PASSPHRASE.text, lambda: NOW),
    ):
        code, message = told(act)
        assert code == "vault.medium_read_only"
        check(message, "går bara att läsa", "Inget har ändrats", "Ta bort skrivskyddet")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_store_copied_from_a_read_only_medium_opens(medium: Path, tmp_path: Path):
    closed_vault(medium / "store")
    subprocess.run(["mount", "-o", "remount,ro", str(medium)], check=True)
    shutil.copytree(medium / "store", tmp_path / "store")
    open_vault(tmp_path / "store", PASSPHRASE).close()


def test_a_full_disk(medium: Path):
    with opened_vault(medium / "store") as vault:
        with (medium / "filler").open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass
        code, message = told(lambda: add_events(vault, 500))
        (medium / "filler").unlink()
        add_events(vault, 1)
    assert code == "vault.disk_full"
    check(message, "full", "Allt som var sparat finns kvar", "Frigör plats")


def test_a_folder_that_may_not_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    code, message = told(
        lambda: create_store(LIBRARY, tmp_path / "file" / "x", PROFILE, "ord " * 8, lambda: NOW)
    )
    assert code == "vault.folder_not_writable"
    check(message, str(tmp_path), "Välj en mapp")


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("OneDrive - Kommunen", "vault.place_synced", "synkas av OneDrive"),
        ("server", "vault.place_on_network", "ligger på nätverket (nfs4)"),
    ],
)
def test_a_place_where_no_store_may_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str, words: str
):
    mounts = f"9 1 0:9 / {tmp_path}/server rw - nfs4 fil:/x rw\n"
    monkeypatch.setattr(place_facts, "_surroundings", lambda: Surroundings(mounts=mounts))
    for act in (
        lambda: create_store(LIBRARY, tmp_path / name / "x", PROFILE, PASSPHRASE.text, lambda: NOW),
        lambda: backups.restore(tmp_path / "any.sakb", tmp_path / name / "x", "ord"),
    ):
        found, message = told(act)
        assert found == code
        check(message, words, "egen disk")


# What is told when a store that opens all the same is not as it should be


def used_vault(folder: Path) -> Path:
    """A closed store that has been unlocked before: of one just made there is nothing to tell."""
    with open_vault(closed_vault(folder), PASSPHRASE) as vault:
        add_events(vault, 1, kind="store.unlocked")
    return folder


def lines(session: Session) -> dict[str, str]:
    report = opening.examine_opening(session)
    said = {line.text_key: TEXTS.get(line.text_key, **line.params) for line in report.lines}
    assert not any(NEVER.search(words) for words in said.values())
    return said


def test_a_bad_page_that_holds_nothing_is_healed_at_opening(tmp_path: Path):
    folder = used_vault(tmp_path / "store")
    damage_unused_page(folder, data_key(folder))
    (folder / "data.seal").unlink(missing_ok=True)
    with open_vault(folder, PASSPHRASE) as vault:
        session = Session(LIBRARY, vault, lambda: NOW)
        said = lines(session)
        assert "jämfört rad för rad" in said["opening.healed"]
        assert faults_in(vault, 0) == []
    with open_vault(folder, PASSPHRASE) as vault:
        assert vault.check().sound
        assert lines(Session(LIBRARY, vault, lambda: NOW)) == {}


def test_a_page_that_holds_something_is_not_healed_but_told(tmp_path: Path):
    folder = used_vault(tmp_path / "store")
    damage_settings(folder, data_key(folder))
    (folder / "data.seal").unlink(missing_ok=True)
    before = (folder / "data.db").read_bytes()
    with open_vault(folder, PASSPHRASE) as vault:
        assert list(lines(Session(LIBRARY, vault, lambda: NOW))) == ["opening.damaged"]
    assert (folder / "data.db").read_bytes() == before


def test_a_store_that_lies_on_the_network_or_is_synced_opens_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = used_vault(tmp_path / "server" / "store")
    mounts = f"9 1 0:9 / {tmp_path}/server rw - cifs //fil/x rw\n"
    monkeypatch.setattr(place_facts, "_surroundings", lambda: Surroundings(mounts=mounts))
    with open_vault(folder, PASSPHRASE) as vault:
        assert "(cifs)" in lines(Session(LIBRARY, vault, lambda: NOW))["opening.place_on_network"]
    synced = used_vault(tmp_path / "Dropbox" / "store")
    with open_vault(synced, PASSPHRASE) as vault:
        assert "Dropbox" in lines(Session(LIBRARY, vault, lambda: NOW))["opening.place_synced"]


def test_a_clock_set_forth_and_back_is_told_and_the_order_of_acts_stands(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    moments = [NOW, NOW + timedelta(days=400), NOW - timedelta(days=30), NOW + timedelta(days=1)]
    said = []
    for moment in moments:
        with open_vault(folder, PASSPHRASE) as vault:
            session = Session(LIBRARY, vault, lambda moment=moment: moment)
            for act in ("store.unlocked", "test.done"):
                with session.act() as work:
                    work.audit(act)
                    work.commit()
                if act == "store.unlocked":
                    said.append("opening.clock_behind" in lines(session))
            assert vault.check().sound
    assert said == [False, False, True, False]
    with open_vault(folder, PASSPHRASE) as vault, vault.reading() as read:
        events = [line.event for line in read.audit_log.each()]
    # The order is that of the numbers; the moments are kept as the clock said them.
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.at for event in events if event.kind == "test.done"] == moments
