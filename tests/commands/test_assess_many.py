"""``utvag assess --many``: one JSON object a line; what cannot be answered is told on a line of its own."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Utvag, code_of_refusal

CASES = Path(__file__).parents[1] / "data" / "cases"
NAMES = sorted(path.name for path in CASES.glob("*.json"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASES, tmp_path / "fall"))


def test_each_file_is_answered_on_its_own_line_as_it_is_alone(here: Utvag, folder: Path):
    done = here("assess", "--many", folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.pop("file") for line in lines] == NAMES
    for name, line in zip(NAMES, lines, strict=True):
        assert line == json.loads(here("assess", CASES / name).stdout)


def test_one_model_for_all(here: Utvag, folder: Path):
    lines = here("assess", "--many", folder, "--model", "stockholm_2024").stdout.splitlines()
    assert {json.loads(line)["model"] for line in lines} == {"stockholm_2024"}
    assert len(lines) == len(NAMES)


def test_what_cannot_be_answered_stops_no_other(utvag: Utvag, folder: Path):
    (folder / "A00.json").write_text("{", encoding="utf-8")
    (folder / "Z99.json").write_text(
        (CASES / NAMES[0]).read_text("utf-8").replace('"leaver"', '"Anna"'), encoding="utf-8"
    )
    (folder / "mapp.json").mkdir()
    (folder / "annat.txt").write_text("ingenting", encoding="utf-8")
    done = utvag("assess", "--many", folder)
    assert done.returncode == 2
    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == NAMES
    told = done.stderr.splitlines()
    assert [line.partition(":")[0] for line in told] == ["A00.json", "Z99.json", "mapp.json"]
    assert "facts.role" in told[1]
    assert "Anna" not in done.stderr


def test_wrong_use_is_told_in_a_line(here: Utvag, folder: Path):
    for words in (
        ("assess",),
        ("assess", CASES / NAMES[0], "--many", folder),
        ("assess", "--many", folder, "--model", "malmo_1999"),
    ):
        done = here(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
    done = here("assess", "--many", folder / "finns inte")
    assert (done.returncode, done.stdout) == (1, "")
    assert code_of_refusal(done) == "file.source_not_readable"


def test_an_empty_folder_has_nothing_to_answer(here: Utvag, tmp_path: Path):
    done = here("assess", "--many", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
