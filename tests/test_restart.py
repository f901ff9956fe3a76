"""What one process hands to the next: neutral words, however the program was started."""

import sys
from pathlib import Path

import pytest

from desktop_app import restart
from desktop_app.commands.arguments import build_parser
from desktop_app.restart import Handover, program_words, read_rectangle, replace_process, words_for
from desktop_app.services.library import load_library

FOLDER = Path("/en mapp/Valv å")


@pytest.mark.parametrize(
    ("started_as", "own", "begins"),
    [
        (["python3", "-m", "desktop_app"], [], ["-m", "desktop_app"]),
        (
            ["python3", "-X", "dev", "-m", "desktop_app", "--store", "x"],
            ["--store", "x"],
            ["-X", "dev", "-m", "desktop_app"],
        ),
        (["python3", "-m", "ui"], [], ["-m", "desktop_app"]),
        (["python3", "/bin/utvag", "--store", "x"], ["--store", "x"], ["/bin/utvag"]),
        (["utvag", "--store", "x", "--locked", "idle"], ["--store", "x", "--locked", "idle"], []),
    ],
    ids=["module", "with options", "the window alone", "launcher", "built program"],
)
def test_the_program_is_started_again_as_it_was(started_as: list[str], own: list[str], begins: list[str]):
    assert program_words(started_as, own) == [sys.executable, *begins]


@pytest.mark.parametrize("window", [None, (10, -20, 1366, 768)])
def test_what_is_handed_over_comes_out_as_it_went_in(window):
    words = words_for(Handover(FOLDER, "idle", window))
    asked = build_parser(load_library().texts).parse_args(words)
    assert (asked.store, asked.locked, read_rectangle(asked.window)) == (FOLDER, "idle", window)


@pytest.mark.parametrize("words", ["", "1,2,3", "1,2,3,x", "1,2,3,4,5"])
def test_a_place_that_cannot_be_read_is_no_place(words: str):
    assert read_rectangle(words) is None


def test_the_handover_is_nobody_elses_business():
    parser = build_parser(load_library().texts)
    assert "--locked" not in parser.format_help()
    assert "--window" not in parser.format_help()


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(restart.sys, "executable", str(tmp_path / "borta"))
    monkeypatch.setattr(restart.sys, "orig_argv", ["python3", "-m", "desktop_app"])
    monkeypatch.setattr(restart.sys, "argv", ["desktop_app"])
    with pytest.raises(OSError, match="No such file"):
        replace_process(Handover(FOLDER, "asked"))
