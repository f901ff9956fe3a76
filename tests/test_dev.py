"""The builder's door, dev.py: what it decides, without setting anything up."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from dev import Step

LOCK = """\
first-package==1.0 \\
    --hash=sha256:00
only.on_windows==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:11
Second_Package==3.1 ; implementation_name != 'PyPy' \\
    --hash=sha256:22
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(LOCK, encoding="utf-8")
    return path


# An old Python


def test_the_file_can_be_read_by_an_old_python() -> None:
    ast.parse(Path(dev.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_told_in_one_line() -> None:
    said = dev.too_old((3, 9, 18))
    assert said == "Utväg needs Python 3.11 or newer; this is 3.9.18."
    assert not dev.too_old((3, 11, 0))
    assert not dev.too_old((4, 0, 0))


# The stamp


def test_nothing_is_installed_before_the_first_time(lock: Path, tmp_path: Path) -> None:
    assert not dev.is_installed(lock, tmp_path / "stamp", (3, 11, 7))


def test_the_second_time_nothing_is_done(lock: Path, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("other.lock abc python 3.11.7\n" + dev.stamp_line(lock, (3, 11, 7)) + "\n")
    assert dev.is_installed(lock, stamp, (3, 11, 7))


def test_another_lock_or_another_python_is_installed_anew(lock: Path, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text(dev.stamp_line(lock, (3, 11, 7)) + "\n")
    assert not dev.is_installed(lock, stamp, (3, 12, 0))
    lock.write_text(LOCK.replace("1.0", "1.1"), encoding="utf-8")
    assert not dev.is_installed(lock, stamp, (3, 11, 7))


def test_line_ends_of_another_system_change_nothing(lock: Path) -> None:
    before = dev.stamp_line(lock, (3, 11, 7))
    lock.write_bytes(LOCK.replace("\n", "\r\n").encode())
    assert dev.stamp_line(lock, (3, 11, 7)) == before


def test_only_packages_for_this_system_are_counted(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.locked_names(lock) == ["first-package", "second-package"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert dev.locked_names(lock) == ["first-package", "only-on-windows", "second-package"]


# A screen


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_recognised(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert dev.has_screen(platform, environment) is expected


# The closing lines


def test_closing_lines_tell_outcome_name_seconds_and_note() -> None:
    lines = dev.closing_lines(
        [
            Step("format", "OK", 0.31),
            Step("tests", "FAILED", 61.2, "exit code 1"),
            Step("tool qpdf", "SKIPPED"),
        ]
    )
    assert lines == [
        "  OK      format        0.3 s",
        "  FAILED  tests        61.2 s  exit code 1",
        "  SKIPPED tool qpdf",
    ]


@pytest.mark.parametrize(
    ("printed", "closing"),
    [
        ("===== 12 passed in 3.45s =====", "12 passed in 3.45s"),
        (
            "\x1b[31m== \x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m9 passed\x1b[0m\x1b[31m in 0.5s ==\x1b[0m",
            "1 failed, 9 passed in 0.5s",
        ),
        (
            "=== 1 failed, 2 passed, 1 skipped, 3 errors in 62.00s (0:01:02) ===",
            "1 failed, 2 passed, 1 skipped, 3 errors in 62.00s (0:01:02)",
        ),
        ("3 passed in a test's own words\n", ""),
        ("nothing of the kind", ""),
    ],
)
def test_the_test_runners_own_closing_line_is_found(printed: str, closing: str) -> None:
    assert dev.pytest_closing(f"before\n{printed}\n") == closing


def test_skipped_tests_are_named_with_their_reason() -> None:
    output = "....\nSKIPPED [2] tests/printing/test_order.py:7: needs qpdf\n= 4 passed, 2 skipped in 1s ="
    assert dev.pytest_skips(output) == ["[2] tests/printing/test_order.py:7: needs qpdf"]


def test_the_closing_line_of_the_tests_is_the_very_last(capsys: pytest.CaptureFixture[str]) -> None:
    dev.close_tests(
        [Step("tests", "OK", 2.0)], "SKIPPED [1] a.py:1: no qpdf\n== 5 passed, 1 skipped in 2.00s ==\n"
    )
    printed = capsys.readouterr().out.splitlines()
    assert printed[-1] == "5 passed, 1 skipped in 2.00s"
    assert "  [1] a.py:1: no qpdf" in printed


def test_one_failed_step_fails_the_whole_with_its_own_code(capsys: pytest.CaptureFixture[str]) -> None:
    fine, failed = dev.ended("a", 0, 0.0), dev.ended("b", 3, 0.0)
    assert dev.finish([fine, Step("c", "SKIPPED")]) == 0
    assert dev.finish([fine, failed, dev.ended("d", 1, 0.0)]) == 3


def test_the_exit_code_is_that_of_the_first_failing_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {"format": 0, "lint": 0, "types": 7, "imports": 0, "tests": 1}
    answers = iter(codes.values())
    monkeypatch.setattr(dev, "ensure_environment", lambda *_, **__: None)
    monkeypatch.setattr(dev, "ensure_tools", lambda _: [])
    monkeypatch.setattr(dev, "run_and_hear", lambda *_: (next(answers), "== 1 failed in 1.00s =="))
    assert dev.main(["test"]) == 7
    printed = capsys.readouterr().out
    assert "FAILED  types" in printed
    assert "OK      imports" in printed, "the steps after a failure are run all the same"


# A program that tests call


def test_a_program_that_cannot_be_had_is_skipped_by_name_and_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "install_door", list)
    steps = dev.ensure_tools({"no-such-program": ("no-such-package", "the inner order of PDF files")})
    assert [(step.name, step.outcome) for step in steps] == [("tool no-such-program", "SKIPPED")]
    assert "the inner order of PDF files" in steps[0].note
    assert "may not install" in steps[0].note


def test_a_file_can_be_what_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "install_door", list)
    (tmp_path / "here.jar").touch()
    tools = {str(tmp_path / name): ("lib-java", "printed forms") for name in ("here.jar", "gone.jar")}
    steps = dev.ensure_tools(tools)
    assert [step.name for step in steps] == [f"tool {tmp_path / 'gone.jar'}"]


def test_missing_system_libraries_are_named_as_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "install_door", list)
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libnosuch.so.9": "libnosuch9"})
    monkeypatch.setattr(dev, "missing_libraries", lambda libraries: list(libraries.values()))
    with pytest.raises(dev.Refused, match="apt-get install libnosuch9"):
        dev.ensure_libraries(window=False)


# Trouble with the installation, in one line


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("WARNING: Retrying … NewConnectionError('…')\nERROR: No matching distribution found", "no network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM …", "does not match"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for x==1", "No matching distribution found for x==1"),
    ],
)
def test_trouble_with_packages_is_one_plain_line(output: str, expected: str) -> None:
    said = dev.pip_trouble(output)
    assert expected in said
    assert "\n" not in said


def test_a_refusal_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise dev.Refused("The disk is full.", 3)

    monkeypatch.setattr(dev, "ensure_environment", refuse)
    assert dev.main(["test"]) == 3
    assert capsys.readouterr().out == "The disk is full.\n"


def test_trouble_of_the_system_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dev, "ensure_environment", refuse)
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().out == "That did not go: [Errno 28] No space left on device\n"


def test_progress_shows_a_line_for_each_package(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        "Collecting first==1.0 (from -r x)\n",
        "  Downloading …\n",
        "Processing /a/second_one-2.0-py3.whl\n",
    ]
    assert list(dev.told_progress(iter(lines), 2)) == lines
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["1/2", "first"],
        ["2/2", "second_one"],
    ]


# Words on the command line


def test_every_command_is_explained() -> None:
    shown = subprocess.run(
        [sys.executable, dev.__file__, "--help"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    for command in ("run", "test", "build", "bench", "tour", "lock"):
        assert f"    {command} " in shown


def test_words_after_two_dashes_go_to_pytest() -> None:
    read = dev.parser().parse_args(["test", "--only", "tests", "--", "-k", "money"])
    assert read.only == ["tests"]
    assert dev.checks(read.words)["tests"][-2:] == ["-k", "money"]


def test_the_tests_write_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "room_in_memory", lambda _memory: dev.ROOM_FOR_TESTS)
    with dev.place_in_memory([], tmp_path) as words:
        [place] = tmp_path.iterdir()
        assert words[0] == f"--basetemp={place}"
    assert list(tmp_path.iterdir()) == []
    with dev.place_in_memory(["-k", "money"], tmp_path) as words:
        assert words == [], "whoever chooses tests chooses where"


@pytest.mark.parametrize("memory", [".", "nowhere"])
def test_without_room_in_memory_the_tests_write_where_they_always_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: str
) -> None:
    monkeypatch.setattr(dev, "room_in_memory", lambda _memory: dev.ROOM_FOR_TESTS - 1)
    with dev.place_in_memory([], tmp_path / memory) as words:
        assert words == []
    assert list(tmp_path.iterdir()) == []


def test_there_is_never_more_room_than_free_memory(tmp_path: Path) -> None:
    assert 0 <= dev.room_in_memory(tmp_path) <= shutil.disk_usage(tmp_path).total
    assert dev.room_in_memory(tmp_path / "nowhere") == 0


@pytest.mark.parametrize("words", [[], ["fly"], ["test", "--only", "nothing"]])
def test_wrong_words_are_wrong_use(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        dev.parser().parse_args(words)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


# Practice output


def test_practice_output_is_replaced_when_it_is_ours(tmp_path: Path) -> None:
    folder = tmp_path / "practice-output"
    dev.fresh_practice_folder(folder)
    (folder / "old.pdf").write_text("old")
    dev.fresh_practice_folder(folder)
    assert [path.name for path in folder.iterdir()] == [dev.PRACTICE_MARK]


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(dev.Refused, match="did not make") as refused:
        dev.fresh_practice_folder(tmp_path)
    assert refused.value.code == 2
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_what_practice_says_is_read() -> None:
    said = "lösenfras: åtta ord på rad\nK-2026-001  Övningsfall ett\nK-2026-002  Övningsfall två\nKlart: 2 fall.\n"
    assert dev.read_practice(said) == ("åtta ord på rad", ["K-2026-001", "K-2026-002"])


class PretendProgram:
    """Stands in for the program: notes what it was asked, and fails one form."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[list[str]] = []

    def __call__(self, command: list[str], _: dict[str, str]) -> tuple[int, str]:
        words = command[command.index("desktop_app") + 1 :]
        self.asked.append(words)
        if words[0] == "practice":
            return 0, "lösenfras: sju små ord\nK-2026-001  Övningsfall ett\n"
        if words[0] == "backup":
            (self.folder / "backup" / "kopia-2026-11-22-0001.sakb").write_bytes(b"")
        return (5, "Nej.\n") if words[:2] == ["print", "F07"] else (0, "")


def test_without_a_screen_the_main_job_is_done_to_its_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = PretendProgram(tmp_path / "practice-output")
    monkeypatch.setattr(dev, "PRACTICE", program.folder)
    monkeypatch.setattr(dev, "run_and_hear", program)

    assert dev.practice_run() == 5, "the exit code is that of the form that failed"

    done = [words[0] for words in program.asked]
    assert done == ["practice", "tour", "print", "print", "print", "print", "print", "backup", "verify"]
    assert [words[1] for words in program.asked if words[0] == "print"] == list(dev.PRACTICE_FORMS)
    assert all("K-2026-001" in words for words in program.asked if words[0] == "print")
    assert (program.folder / "passphrase.txt").read_text(encoding="utf-8") == "sju små ord\n"
    printed = capsys.readouterr().out
    assert "FAILED  practice-output/F07.pdf" in printed
    assert "OK      practice-output/F12.pdf" in printed
    assert "OK      check of kopia-2026-11-22-0001.sakb" in printed
