"""Everything that can be wrong with what a command is given: each has its own words, and nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.services.vault import lock
from tests.commands.conftest import Utvag, code_of_refusal
from tests.helpers.clock import StillClock
from tests.helpers.practice import PASSPHRASE, closed_store, opened, recovery_key
from tests.helpers.vaults import folder_bytes

CASE = Path(__file__).parents[1] / "data" / "cases" / "T01.json"
GOOD = CASE.read_bytes()


# Wrong use.


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["assess"],
        ["assess", CASE, "--model"],
        ["assess", CASE, "extra"],
        ["--colour"],
        ["print", "F04"],
        ["print", "F04", "--out", "x.pdf"],
        ["backup", "--to", "x"],
        ["restore", "x.sakb"],
        ["check"],
        ["practice"],
        ["verify"],
    ],
)
def test_wrong_words_end_with_two(here: Utvag, words: list[object]):
    assert code_of_refusal(here(*words), status=2) == "usage"


def test_no_passphrase_at_all_is_wrong_use(utvag: Utvag, store: Path, tmp_path: Path):
    empty = tmp_path / "tom.txt"
    empty.touch()
    assert code_of_refusal(utvag("check", "--store", store), status=2) == "usage"
    assert code_of_refusal(utvag("check", "--store", store, "--passphrase-file", empty), status=2) == "usage"


def test_unknown_forms_recipients_cases_and_models_are_told_apart(
    here: Utvag, practice: Path, secret: Path, tmp_path: Path
):
    out = ("--out", tmp_path / "x.pdf")
    whole = ("--store", practice, "--passphrase-file", secret, *out)
    assert code_of_refusal(here("print", "F99", "--blank", *out)) == "form.not_found"
    assert code_of_refusal(
        here("print", "F04", "--recipient", "grannen", "--case", "K-2026-001", *whole)
    ) == ("form.recipient_unknown")
    assert code_of_refusal(here("print", "F04", "--case", "K-2026-999", *whole)) == "case.not_found"
    assert code_of_refusal(here("print", "F04", "--case", "Övning Övningsson", *whole)) == "case.not_found"
    assert code_of_refusal(here("assess", CASE, "--model", "malmo"), status=2) == "assess.model_unknown"
    assert not (tmp_path / "x.pdf").exists()


# Assessment files.


def changed(place: str, value: object) -> bytes:
    content = json.loads(GOOD)
    *outer, last = place.split(".")
    node = content
    for key in outer:
        node = node[key]
    node[last] = value
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.replace(b'"role"', b'"rolle"'), "facts.rol"),
        (changed("facts.role", "Anna Andersson"), "facts.role"),
        (changed("facts.age", "Anna Andersson"), "facts.age"),
        (changed("facts.threat", "Anna Andersson"), "facts.threat"),
        (changed("facts.threat.assessed_on", "Anna 2026"), "facts.threat.assessed_on"),
        (changed("facts.hemligt", "Anna Andersson"), "facts.hemligt"),
        (changed("assessed_on", "2026-13-01"), "assessed_on"),
        (GOOD.replace(b'"role": "leaver",', b'"role": "leaver", "role": "Anna",'), "role"),
        (changed("facts.age", "AGE").replace(b'"AGE"', b"NaN"), "facts.age"),
        (b"Anna Andersson", "JSON"),
        (b"", "JSON"),
        (b"[" * 200_000, "JSON"),
        (b'"' + b"Anna" * 400_000 + b'"', "större"),
    ],
)
def test_a_malformed_assessment_file_is_named_by_key(here: Utvag, tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "fall.json"
    path.write_bytes(content)
    done = here("assess", path)
    assert code_of_refusal(done, status=2) == "assess.file_fault"
    assert said in done.stderr
    assert "Anna" not in done.stderr
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"[" * 200_000, changed("facts.role", "Anna Andersson")])
def test_so_it_is_from_outside(utvag: Utvag, tmp_path: Path, content: bytes):
    path = tmp_path / "fall.json"
    path.write_bytes(content)
    assert code_of_refusal(utvag("assess", path), status=2) == "assess.file_fault"
    assert code_of_refusal(utvag("fly"), status=2) == "usage"


def test_a_byte_order_mark_is_no_fault(utvag: Utvag, tmp_path: Path):
    path = tmp_path / "fall.json"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert utvag("assess", path).returncode == 0


def test_files_that_cannot_be_read(here: Utvag, store: Path, tmp_path: Path):
    assert code_of_refusal(here("assess", tmp_path / "saknas.json")) == "file.source_not_readable"
    assert code_of_refusal(here("assess", tmp_path)) == "file.source_not_readable"
    latin = tmp_path / "latin.txt"
    latin.write_bytes("lösenfras på gammalt vis".encode("latin-1"))
    for file in (latin, tmp_path / "saknas.txt", tmp_path):
        done = here("check", "--store", store, "--passphrase-file", file)
        assert code_of_refusal(done) == "file.source_not_readable"


# Stores and backups.

Damage = Callable[[Path], None]


def _wrong_database(content: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / "data.db").write_bytes(content)

    return damage


def _flipped(folder: Path) -> None:
    path = folder / "data.db"
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), 512):
        data[place] ^= 0xFF
    path.write_bytes(bytes(data))


def _damaged_keys(folder: Path) -> None:
    for name in ("nyckel.json", "nyckel-kopia.json"):
        (folder / name).write_bytes(b'{"format": ')


def _newer(folder: Path) -> None:
    from desktop_app.storage.keys import Passphrase
    from desktop_app.storage.vault_file import open_vault

    with open_vault(folder, Passphrase(PASSPHRASE)) as vault:
        vault.database.begin(writing=True)
        vault.database.schema_version = 9_999
        vault.database.commit()


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_damaged_keys, "vault.key_file_damaged"),
        (_flipped, "vault.database_damaged"),
        (_wrong_database(b""), "vault.database_empty"),
        (_wrong_database(b"SQLite format 3\0" + bytes(8176)), "vault.database_foreign"),
        (_newer, "vault.too_new"),
        (_gone, "vault.missing"),
    ],
    ids=["key file damaged", "damaged", "empty", "foreign", "too new", "missing"],
)
def test_each_kind_of_broken_store_has_its_own_words(
    here: Utvag, store: Path, secret: Path, damage: Damage, code: str
):
    damage(store)
    before = folder_bytes(store) if store.exists() else None
    (store.parent / "kopior").mkdir()
    words = ("backup", "--to", store.parent / "kopior")
    assert code_of_refusal(here(*words, "--store", store, "--passphrase-file", secret)) == code
    after = folder_bytes(store) if store.exists() else None
    assert _without_lock(after) == _without_lock(before), (
        "nothing is lost and nothing is mended behind one's back"
    )
    assert list((store.parent / "kopior").iterdir()) == []


def _without_lock(files: dict[str, bytes] | None) -> dict[str, bytes] | None:
    return files and {name: data for name, data in files.items() if name != "data.lock"}


def test_a_wrong_passphrase_is_only_that(utvag: Utvag, store: Path):
    before = folder_bytes(store)
    wrong = "en helt annan hemlighet"
    done = utvag("check", "--store", store, typed=wrong)
    assert code_of_refusal(done) == "vault.wrong_passphrase"
    assert "hemlighet" not in done.stderr
    assert code_of_refusal(utvag("check", "--store", store, typed=b"\xff\xfe\xff lat\xf6sa\n")) in (
        "vault.wrong_passphrase",
        "file.source_not_readable",
    )
    assert folder_bytes(store) == before


def test_a_second_start_on_the_same_store_is_refused(utvag: Utvag, store: Path, secret: Path):
    session = opened(store, StillClock())
    try:
        done = utvag("check", "--store", store, "--passphrase-file", secret)
        assert code_of_refusal(done) == "vault.in_use"
    finally:
        lock(session)
    assert utvag("check", "--store", store, "--passphrase-file", secret).returncode == 0


def test_a_place_that_cannot_be_written_is_named(here: Utvag, store: Path, secret: Path, tmp_path: Path):
    in_the_way = tmp_path / "fil"
    in_the_way.write_bytes(b"viktigt")
    code = code_of_refusal(here("practice", "--store", in_the_way / "valv"))
    assert code in ("vault.folder_not_writable", "file.target_not_writable")
    place = ("--to", in_the_way / "kopior")
    code = code_of_refusal(here("backup", "--store", store, *place, "--passphrase-file", secret))
    assert code in ("backup.place_missing", "vault.folder_not_writable")
    full = tmp_path / "full"
    full.mkdir()
    (full / "viktigt.txt").write_bytes(b"viktigt")
    assert code_of_refusal(here("practice", "--store", full)) == "vault.folder_not_empty"
    assert folder_bytes(full) == {"viktigt.txt": b"viktigt"}
    assert in_the_way.read_bytes() == b"viktigt"


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 600 kB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a stick of its own takes Linux and the right to mount")
    place = tmp_path / "sticka"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let the test mount a stick")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_stick_is_told_and_holds_what_it_held(here: Utvag, practice: Path, secret: Path, stick: Path):
    (stick / "bilder").write_bytes(bytes(580_000))
    before = folder_bytes(stick)
    store = ("--store", practice, "--passphrase-file", secret)
    assert code_of_refusal(here("backup", "--to", stick, *store)) == "vault.disk_full"
    printed = here("print", "F12", "--case", "K-2026-001", "--out", stick / "F12.pdf", "--read", *store)
    assert code_of_refusal(printed) == "vault.disk_full"
    assert code_of_refusal(here("practice", "--store", stick / "ny")) == "vault.disk_full"
    assert folder_bytes(stick) == before
    assert [path.name for path in stick.iterdir()] == ["bilder"]
    assert here("check", *store).returncode == 0


def test_backups_that_are_damaged_foreign_or_opened_with_the_wrong_secret(
    utvag: Utvag, here: Utvag, store: Path, secret: Path, tmp_path: Path
):
    place = tmp_path / "kopior"
    place.mkdir()
    assert here("backup", "--store", store, "--to", place, "--passphrase-file", secret).returncode == 0
    [good] = place.iterdir()
    data = good.read_bytes()
    damaged, cut, foreign = tmp_path / "skadad.sakb", tmp_path / "kapad.sakb", tmp_path / "bild.png"
    damaged.write_bytes(
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    )
    cut.write_bytes(data[:-100])
    foreign.write_bytes(b"\x89PNG" + bytes(5000))
    target = tmp_path / "ater"
    for file, code in ((damaged, "backup.damaged"), (cut, "backup.damaged"), (foreign, "backup.foreign")):
        content = file.read_bytes()
        assert code_of_refusal(here("verify", file, "--passphrase-file", secret)) == code
        assert code_of_refusal(here("restore", file, "--to", target, "--passphrase-file", secret)) == code
        assert file.read_bytes() == content
    assert code_of_refusal(utvag("restore", good, "--to", target, typed="fel fras helt och hållet")) == (
        "vault.wrong_passphrase"
    )
    other = recovery_key()[:-1] + ("0" if recovery_key()[-1] != "0" else "1")
    assert code_of_refusal(utvag("verify", good, typed=other)) in (
        "vault.wrong_passphrase",
        "vault.recovery_key_mistyped",
    )
    assert (
        code_of_refusal(utvag("verify", tmp_path / "saknas.sakb", typed=PASSPHRASE))
        == "file.source_not_readable"
    )
    assert not target.exists()
    assert good.read_bytes() == data
    assert closed_store(tmp_path / "orort").is_dir()


def test_no_refusal_says_the_same_as_another():
    from desktop_app.services.library import load_library

    texts = load_library().texts
    codes = [
        "vault.wrong_passphrase", "vault.key_file_damaged", "vault.database_damaged", "vault.database_empty",
        "vault.database_foreign", "vault.too_new", "vault.folder_not_writable", "vault.disk_full", "vault.in_use",
        "vault.missing", "vault.exists", "vault.folder_not_empty", "assess.file_fault", "backup.damaged",
        "backup.foreign", "file.target_exists", "file.target_not_writable", "file.source_not_readable",
    ]  # fmt: skip
    assert len({texts.get(f"errors.{code}.happened") for code in codes}) == len(codes)
