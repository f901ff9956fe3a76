"""Every command, done right."""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.paths import RESOURCES
from desktop_app.services.library import load_library
from desktop_app.services.recovery import adopt_cards, draft_cards
from desktop_app.services.vault import lock
from desktop_app.version import VERSION
from tests.commands.conftest import Utvag, code_of_refusal
from tests.helpers.clock import StillClock
from tests.helpers.practice import PASSPHRASE, opened, practice_cases, recovery_key
from tests.helpers.vaults import folder_bytes
from tests.printing.reading import text_of

CASES = Path(__file__).parents[1] / "data" / "cases"


def test_version_and_help(utvag: Utvag):
    assert utvag("--version").stdout == f"Utväg {VERSION}\n"
    said = utvag("--help")
    assert said.returncode == 0
    assert said.stderr == ""
    for word in ("practice", "assess", "forms", "print", "backup", "verify", "restore", "check", "så här"):
        assert word in said.stdout
    assert not re.search(r"\b(usage|options|positional|show this)\b", said.stdout)
    assert "så här" in utvag("restore", "--help").stdout


def test_self_test_does_the_whole_job_and_leaves_nothing(utvag: Utvag, tmp_path: Path):
    place = tmp_path / "tillfalligt"
    place.mkdir()
    done = utvag("--self-test", TMPDIR=str(place), HOME=str(place))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Allt fungerar."
    assert list(place.iterdir()) == []


def test_forms_are_listed(utvag: Utvag):
    done = utvag("forms")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [form.id for form in load_library().forms]
    assert all(re.fullmatch(r"(F\d\d[a-z]?|K\d)  \d+  \S.*", line) for line in lines)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_assess_answers_in_json(here: Utvag, path: Path):
    done = here("assess", path)
    assert (done.returncode, done.stderr) == (0, "")
    results = {one["model"]: one for one in json.loads(done.stdout)["results"]}
    for model, expected in json.loads(path.read_text("utf-8"))["expected"].items():
        assert (results[model]["outcome"], results[model]["handler"]) == (
            expected["outcome"],
            expected["handler"],
        )
        assert set(expected["flags_include"]) <= set(results[model]["flags"])


def test_assess_by_one_model(here: Utvag):
    done = here("assess", CASES / "T01.json", "--model", "stockholm_2024")
    assert json.loads(done.stdout)["model"] == "stockholm_2024"


def test_a_locale_without_swedish_letters_loses_none(utvag: Utvag):
    done = utvag("forms", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Hänvisning" in done.stdout


def test_a_practice_store_is_made_and_opens_with_what_was_said(utvag: Utvag, tmp_path: Path):
    folder = tmp_path / "ovning"
    done = utvag("practice", "--store", folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, *cases = done.stdout.splitlines()
    assert len(cases) >= 6
    assert all(re.match(r"K-\d{4}-\d{3}  \S", line) for line in cases)
    passphrase = first.removeprefix("lösenfras: ")
    checked = utvag("check", "--store", folder, typed=passphrase + "\n")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "Valvet är helt" in checked.stdout
    before = folder_bytes(folder)
    assert code_of_refusal(utvag("practice", "--store", folder)) == "vault.exists"
    assert folder_bytes(folder) == before


def test_a_case_is_printed_to_the_file_that_was_named(
    utvag: Utvag, practice: Path, secret: Path, tmp_path: Path
):
    out = tmp_path / "F04.pdf"
    code = practice_cases()[0][0]
    words = ("print", "f04", "--store", practice, "--case", code.lower(), "--passphrase-file", secret)
    refused = utvag(*words, "--out", out, "--recipient", "bops")
    assert code_of_refusal(refused) == "disclosure.not_ticked"
    assert not out.exists()
    words = (*words, "--read")
    done = utvag(*words, "--out", out, "--recipient", "bops")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = text_of(out.read_bytes())
    assert code in text
    assert "Övning Övningsson" in text
    kept = out.read_bytes()
    assert code_of_refusal(utvag(*words, "--out", out)) == "file.target_exists"
    assert out.read_bytes() == kept


def test_a_refused_target_issues_nothing(here: Utvag, practice: Path, secret: Path, tmp_path: Path):
    (tmp_path / "finns.pdf").write_bytes(b"viktigt")
    code = practice_cases()[0][0]
    before = folder_bytes(practice)
    words = ("print", "F04", "--store", practice, "--case", code, "--passphrase-file", secret)
    assert code_of_refusal(here(*words, "--out", tmp_path / "finns.pdf")) == "file.target_exists"
    assert code_of_refusal(here(*words, "--out", tmp_path / "ingen" / "x.pdf")) == "file.target_not_writable"
    assert (
        code_of_refusal(here(*words, "--out", tmp_path / "finns.pdf" / "x.pdf")) == "file.target_not_writable"
    )
    assert (tmp_path / "finns.pdf").read_bytes() == b"viktigt"
    assert folder_bytes(practice) == before, "refused before the store was even opened"


@pytest.mark.parametrize("form", ["F01", "consent"])
def test_blank_forms_need_no_store(here: Utvag, tmp_path: Path, form: str):
    done = here("print", form, "--blank", "--out", tmp_path / "tom.pdf")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(PdfReader(BytesIO((tmp_path / "tom.pdf").read_bytes())).pages) >= 1
    assert (
        code_of_refusal(here("print", form, "--blank", "--out", tmp_path / "tom.pdf")) == "file.target_exists"
    )


def test_backup_verify_restore_by_passphrase_and_by_recovery_key(
    utvag: Utvag, here: Utvag, store: Path, secret: Path, tmp_path: Path
):
    place = tmp_path / "kopior"  # made by the command: only its last part is missing
    key = tmp_path / "nyckel.txt"
    key.write_text(recovery_key().lower() + "\r\n", encoding="utf-8")
    done = utvag("backup", "--store", store, "--to", place, "--passphrase-file", secret)
    assert (done.returncode, done.stderr) == (0, "")
    [backup] = place.iterdir()
    assert done.stdout.splitlines()[0] == str(backup)
    content = backup.read_bytes()
    for number, (run, file) in enumerate(((utvag, secret), (here, key))):
        verified = run("verify", backup, "--passphrase-file", file)
        assert (verified.returncode, verified.stderr) == (0, "")
        target = tmp_path / f"ater-{number}"
        restored = run("restore", backup, "--to", target, "--passphrase-file", file)
        assert (restored.returncode, restored.stderr) == (0, "")
        assert str(target) in restored.stdout
        assert run("check", "--store", target, "--passphrase-file", file).returncode == 0
        assert code_of_refusal(run("restore", backup, "--to", target, "--passphrase-file", file)) == (
            "backup.target_not_empty"
        )
    assert backup.read_bytes() == content


def test_two_cards_on_a_line_each_open_store_and_backup(here: Utvag, store: Path, tmp_path: Path):
    session = opened(store, StillClock())
    draft = draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, draft)
    lock(session)
    cards, one = tmp_path / "kort.txt", tmp_path / "ett.txt"
    first, second = (" ".join(draft.cards[number].words) for number in (2, 0))
    cards.write_text(f"{first}\r\n{second}\r\n", encoding="utf-8")
    one.write_text(f"{first}\n{first}\n", encoding="utf-8")
    assert here("check", "--store", store, "--passphrase-file", cards).returncode == 0
    refused = here("check", "--store", store, "--passphrase-file", one)
    assert code_of_refusal(refused) == "vault.cards_of_two_sets"


def test_the_passphrase_may_come_by_standard_input(utvag: Utvag, store: Path):
    for typed in (PASSPHRASE, PASSPHRASE + "\r\n", PASSPHRASE.encode() + b"\nmer\n"):
        assert utvag("check", "--store", store, typed=typed, LC_ALL="C.UTF-8").returncode == 0


def test_nobody_reading_the_answer_is_no_fault():
    for command in (f"assess {CASES / 'T01.json'}", "--version"):
        piped = subprocess.run(
            f"{sys.executable} -m desktop_app {command} | true",
            shell=True,
            cwd=RESOURCES.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert piped.stderr == ""
