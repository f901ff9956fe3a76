"""The calls to Windows and their order, taken down by a stand-in: their effect is for the first start there."""

from pathlib import Path
from typing import Any

import pytest

from desktop_app.hardening import windows

PROGRAM = Path("utvag.exe")


class Recorder:
    """Stands in for ctypes.windll: every call is taken down and answered with what was agreed."""

    def __init__(self, **answers: int) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._answers = {"WerAddExcludedApplication": 0, **answers}

    def __getattr__(self, library: str) -> "Recorder._Library":
        return Recorder._Library(self)

    class _Library:
        def __init__(self, recorder: "Recorder") -> None:
            self._recorder = recorder

        def __getattr__(self, name: str):
            def call(*arguments: Any) -> int:
                self._recorder.calls.append((name, arguments))
                return self._recorder._answers.get(name, 1)

            return call

    def named(self, name: str) -> list[tuple[Any, ...]]:
        return [arguments for called, arguments in self.calls if called == name]


def all_done(recorder: Recorder, program: Path | None = PROGRAM) -> None:
    for step in windows.steps(recorder, program=program):
        step()


def test_the_built_program_asks_for_everything():
    recorder = Recorder()
    all_done(recorder)
    assert recorder.named("SetErrorMode") == [(0x8003,)]
    assert recorder.named("WerAddExcludedApplication") == [("utvag.exe", False)]
    assert recorder.named("SetDefaultDllDirectories") == [(0x1000,)]
    assert len(recorder.named("SetKernelObjectSecurity")) == 1
    assert recorder.named("SetKernelObjectSecurity")[0][1] == 4
    assert recorder.named("SetKernelObjectSecurity")[0][0].value == 2**64 - 1
    assert len(recorder.named("LocalFree")) == 1


def test_the_built_program_keeps_the_folder_its_starter_named():
    recorder = Recorder()
    all_done(recorder)
    assert recorder.named("SetDllDirectoryW") == []


def test_from_source_python_itself_is_left_alone():
    recorder = Recorder()
    all_done(recorder, None)
    assert recorder.named("WerAddExcludedApplication") == []
    assert recorder.named("SetDllDirectoryW") == [("",)]


def test_no_right_to_memory_is_among_those_given():
    rights = int(windows.OWN_PROCESS_RIGHTS.split(";;")[1].split(";")[0], 16)
    reads, writes, runs, duplicates = 0x0010, 0x0020, 0x0002, 0x0040
    changes_rights = 0x0004_0000 | 0x0008_0000
    assert rights & (reads | writes | runs | duplicates | changes_rights) == 0


@pytest.mark.parametrize(
    "answers",
    [
        {"WerAddExcludedApplication": -2147024891},
        {"SetDefaultDllDirectories": 0},
        {"SetKernelObjectSecurity": 0},
        {"ConvertStringSecurityDescriptorToSecurityDescriptorW": 0},
    ],
)
def test_a_call_that_fails_is_told(answers: dict[str, int]):
    recorder = Recorder(**answers)
    failed = 0
    for step in windows.steps(recorder, program=PROGRAM):
        try:
            step()
        except OSError:
            failed += 1
    assert failed == 1
    assert len(recorder.named("LocalFree")) == (
        0 if "ConvertStringSecurityDescriptorToSecurityDescriptorW" in answers else 1
    )
