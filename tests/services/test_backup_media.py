"""Media by name: recognised when they are in, told apart in the same port, never taken for the store's own disk."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import BackupPlaceMissing, MediumIsAnother, MediumNameTaken
from desktop_app.services import backups
from desktop_app.services.session import Session
from desktop_app.storage import medium_mark
from tests.helpers.clock import StillClock
from tests.helpers.vaults import folder_bytes


@pytest.fixture
def port(tmp_path: Path) -> Path:
    """Where sticks turn up: one name for all of them, as a drive letter is."""
    return tmp_path / "port"


def plug_in(stick: Path, port: Path) -> None:
    stick.mkdir(exist_ok=True)
    stick.rename(port)


def pull_out(port: Path, stick: Path) -> None:
    port.rename(stick)


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' folders lie on one disk; let them pass for several."""
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)


def test_two_sticks_in_one_port_are_told_apart(session: Session, tmp_path: Path, port: Path):
    red, blue = tmp_path / "red", tmp_path / "blue"
    plug_in(red, port)
    backups.add_medium(session, "USB Röd", port)
    pull_out(port, red)
    plug_in(blue, port)
    assert [medium.is_present for medium in backups.media(session)] == [False]
    backups.add_medium(session, " USB Blå ", port)
    view = backups.back_up(session, port)
    assert view.medium_name == "USB Blå"
    assert {medium.name: medium.is_present for medium in backups.media(session)} == {
        "USB Röd": False,
        "USB Blå": True,
    }
    pull_out(port, blue)
    [copy] = backups.known(session)
    assert copy.is_there is None
    plug_in(red, port)
    assert backups.known(session)[0].is_there is None
    assert backups.back_up(session, port).medium_name == "USB Röd"


def test_a_place_that_was_only_backed_up_to_becomes_a_medium_and_gets_no_file_of_ours(
    session: Session, tmp_path: Path
):
    place = tmp_path / "kopior"
    place.mkdir()
    view = backups.back_up(session, place)
    assert [path.name for path in place.iterdir()] == [view.path.name]
    [medium] = backups.media(session)
    assert (medium.name, medium.is_present, medium.on_store_disk) == ("kopior", True, False)
    backups.add_medium(session, "USB Röd", place)
    assert [medium.name for medium in backups.media(session)] == ["USB Röd"]
    assert backups.known(session)[0].medium_name == "USB Röd"


def test_another_stick_where_an_unmarked_one_was_is_not_taken_for_it(
    session: Session, tmp_path: Path, port: Path
):
    plug_in(tmp_path / "one", port)
    backups.back_up(session, port)
    pull_out(port, tmp_path / "one")
    plug_in(tmp_path / "two", port)
    backups.add_medium(session, "Två", port)
    assert {medium.name for medium in backups.media(session)} == {"port", "Två"}


def test_a_name_is_had_by_one_and_a_place_with_another_s_mark_is_refused(
    session: Session, tmp_path: Path, clock: StillClock
):
    places = [tmp_path / name for name in ("a", "b")]
    for place, name in zip(places, ("Röd", "Blå"), strict=True):
        place.mkdir()
        backups.add_medium(session, name, place)
        clock.pass_by(minutes=1)
    red, _ = backups.media(session)
    with pytest.raises(MediumNameTaken):
        backups.change_medium(session, red.medium_id, "blå", places[0])
    with pytest.raises(MediumIsAnother):
        backups.change_medium(session, red.medium_id, "Röd", places[1])
    with pytest.raises(BackupPlaceMissing):
        backups.add_medium(session, "Grön", tmp_path / "none")
    places[0].rename(tmp_path / "c")
    backups.change_medium(session, red.medium_id, "Röd 2", tmp_path / "c")
    assert [(medium.name, medium.is_present) for medium in backups.media(session)] == [
        ("Röd 2", True),
        ("Blå", True),
    ]


def test_a_retired_medium_keeps_its_copies_in_the_list(session: Session, tmp_path: Path):
    backups.add_medium(session, "Röd", tmp_path)
    view = backups.back_up(session, tmp_path)
    before = folder_bytes(tmp_path)
    backups.retire_medium(session, backups.media(session)[0].medium_id)
    assert backups.media(session) == ()
    [copy] = backups.known(session)
    assert (copy.path, copy.medium_name, copy.is_there) == (view.path, "Röd", True)
    assert folder_bytes(tmp_path) == before


def test_the_empty_place_of_a_stick_that_is_out_is_not_the_stick(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backups.add_medium(session, "Röd", tmp_path)
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: True)
    [medium] = backups.media(session)
    assert not medium.is_present


def test_a_folder_on_the_store_s_own_disk_is_told_as_such(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.undo()
    backups.add_medium(session, "Mapp", tmp_path)
    [medium] = backups.media(session)
    assert medium.on_store_disk
    assert medium.is_present
    backups.back_up(session, tmp_path)
    assert backups.backup_state(session).text_key == "backup_state.same_disk"


def test_media_are_seen_when_written_to(session: Session, tmp_path: Path, clock: StillClock):
    backups.add_medium(session, "Röd", tmp_path)
    clock.pass_by(days=3)
    backups.back_up(session, tmp_path)
    assert backups.media(session)[0].seen_at == clock.now
