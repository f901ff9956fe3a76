"""What one hears after unlocking: nothing when all is well, and each thing that is not."""

from pathlib import Path

from desktop_app.services import opening, settings
from desktop_app.services.library import load_library
from desktop_app.services.opening import Gravity, OpeningReport
from desktop_app.services.vault import FAST_COST, create_store, lock
from desktop_app.storage.file_seal import SEAL_FILE_NAME
from tests.helpers.clock import StillClock
from tests.helpers.practice import PASSPHRASE, PROFILE, closed_practice, closed_store, opened


def heard(folder: Path, clock: StillClock, remembered: int | None = None) -> OpeningReport:
    session = opened(folder, clock)
    try:
        return opening.examine_opening(session, remembered)
    finally:
        lock(session)


def keys(report: OpeningReport) -> list[str]:
    return [line.text_key for line in report.lines]


def work(folder: Path, clock: StillClock, theme: str) -> int:
    """Open, change a setting, close; return what this computer would note of it."""
    session = opened(folder, clock)
    settings.put(session, "theme", theme)
    return lock(session)


def test_all_is_well_and_nothing_is_said(tmp_path: Path, clock: StillClock):
    folder = closed_practice(tmp_path / "valv")
    noted = work(folder, clock, "dark")
    clock.pass_by(minutes=1)
    report = heard(folder, clock, noted)
    assert keys(report) == []
    assert report.gravest is None
    assert report.changes >= noted
    assert report.changed_at == clock.now.replace(minute=clock.now.minute - 1)


def test_a_store_just_made_has_nothing_to_tell(tmp_path: Path, clock: StillClock):
    made = create_store(load_library(), tmp_path / "valv", PROFILE, PASSPHRASE, clock, cost=FAST_COST)
    assert keys(opening.examine_opening(made.session)) == []
    lock(made.session)
    assert keys(heard(tmp_path / "valv", clock)) == []


def test_a_whole_older_store_put_back_is_found_by_the_number_noted_outside(tmp_path: Path, clock: StillClock):
    """The control: without the number nothing can be found, since the old file fits its old seal."""
    folder = closed_store(tmp_path / "valv")
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    noted = work(folder, clock, "dark")
    for name, content in old.items():
        (folder / name).write_bytes(content)
    assert keys(heard(folder, clock)) == []
    for name, content in old.items():
        (folder / name).write_bytes(content)
    report = heard(folder, clock, noted)
    assert keys(report) == ["opening.older_store"]
    assert report.gravest is Gravity.DANGER
    assert report.lines[0].params["remembered"] == noted


def test_an_older_file_under_a_newer_seal_is_found(tmp_path: Path, clock: StillClock):
    folder = closed_store(tmp_path / "valv")
    old = (folder / "data.db").read_bytes()
    work(folder, clock, "dark")
    (folder / "data.db").write_bytes(old)
    assert keys(heard(folder, clock)) == ["opening.changed_outside"]


def test_after_a_crash_every_page_is_checked_and_one_hears_that_it_is_whole(
    tmp_path: Path, clock: StillClock
):
    folder = closed_store(tmp_path / "valv")
    (folder / SEAL_FILE_NAME).unlink()
    report = heard(folder, clock)
    assert keys(report) == ["opening.left_open_sound"]
    assert report.gravest is Gravity.NOTE
    assert keys(heard(folder, clock)) == []


def test_after_a_crash_damage_is_told_as_damage(tmp_path: Path, clock: StillClock):
    folder = closed_practice(tmp_path / "valv")
    (folder / SEAL_FILE_NAME).unlink()
    raw = bytearray((folder / "data.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / "data.db").write_bytes(bytes(raw))
    (line,) = heard(folder, clock).lines
    assert (line.text_key, line.gravity) in {
        ("opening.damaged", Gravity.DANGER),
        ("opening.unused_pages", Gravity.WARNING),
    }


def test_a_clock_set_back_is_told_and_nothing_stops(tmp_path: Path, clock: StillClock):
    folder = closed_store(tmp_path / "valv")
    work(folder, clock, "dark")
    clock.pass_by(days=-3)
    report = heard(folder, clock)
    assert keys(report) == ["opening.clock_behind"]
    assert report.lines[0].params == {"last": "2026-11-22 12:00"}


def test_a_mended_key_file_is_told(tmp_path: Path, clock: StillClock):
    folder = closed_store(tmp_path / "valv")
    (folder / "nyckel-kopia.json").unlink()
    assert keys(heard(folder, clock)) == ["opening.key_file_mended"]
