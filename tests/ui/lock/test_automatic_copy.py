"""The copy that makes itself at the lock, as a file on the stick and not as a call to a stand-in."""

from pathlib import Path

from desktop_app.services import backups, settings
from tests.helpers.practice import PASSPHRASE
from tests.ui.conftest import Stage, unlock


def copies(stick: Path) -> list[Path]:
    return sorted(stick.glob("*.sakb"))


def write_something(stage: Stage) -> None:
    stage.desk.run(stage.window, settings.put, "model", "stockholm_2024")
    stage.work()


def test_a_lock_leaves_a_proved_copy_on_the_stick_once_an_hour_when_something_was_written(
    empty: Stage, tmp_path: Path
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    empty.desk.run(empty.window, backups.add_medium, "USB Röd", stick)
    write_something(empty)
    assert copies(stick) == []
    assert empty.window.lock()
    (first,) = copies(stick)
    assert backups.verify(first, PASSPHRASE).sequence == 1

    unlock(empty)
    write_something(empty)
    assert empty.window.lock()
    assert copies(stick) == [first], "the hour is not over"

    empty.clock.pass_by(minutes=61)
    unlock(empty)
    assert empty.window.lock()
    assert len(copies(stick)) == 2, "what was written within the hour is in the next"

    empty.clock.pass_by(minutes=61)
    unlock(empty)
    assert empty.window.lock()
    assert len(copies(stick)) == 2, "nothing was written"


def test_closing_the_window_makes_the_copy_too(empty: Stage, tmp_path: Path) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    empty.desk.run(empty.window, backups.add_medium, "USB Röd", stick)
    write_something(empty)
    empty.window.close()
    assert len(copies(stick)) == 1
