"""A folder that is synchronised or on a network is named before a copy is saved in it."""

from pathlib import Path

import pytest

from desktop_app.services.library import load_library
from desktop_app.services.save_places import warning_about
from desktop_app.storage import place_facts
from desktop_app.storage.place_kinds import Place, PlaceKind

TEXTS = load_library().texts


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive - Ale kommun", "OneDrive"),
        ("Dropbox (Privat)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name_and_named(tmp_path: Path, folder: str, program: str):
    inside = tmp_path / folder / "Blanketter"
    inside.mkdir(parents=True)
    assert program in warning_about(TEXTS, inside)
    assert "skickas ut ur datorn" in warning_about(TEXTS, inside)


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".dropbox", "Dropbox"),
        (".sync_0a1b.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_it_is_known_by_what_the_program_leaves_in_it(tmp_path: Path, mark: str, program: str):
    (tmp_path / "Jobbet" / "Blanketter").mkdir(parents=True)
    (tmp_path / "Jobbet" / mark).touch()
    assert program in warning_about(TEXTS, tmp_path / "Jobbet" / "Blanketter")


def test_it_is_known_by_what_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OneDrive", str(tmp_path / "Molnet"))
    assert "OneDrive" in warning_about(TEXTS, tmp_path / "Molnet" / "Blanketter")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"36 35 0:32 / {tmp_path}/gemensam rw - cifs //server/gemensam rw\n")
    monkeypatch.setattr(place_facts, "_MOUNTS", mounts)
    words = warning_about(TEXTS, tmp_path / "gemensam" / "Blanketter")
    assert "nätverk (cifs)" in words


def test_a_network_folder_of_windows_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(
        "desktop_app.services.save_places.place_kind", lambda _folder: Place(PlaceKind.NETWORK, "UNC")
    )
    assert "nätverk (UNC)" in warning_about(TEXTS, tmp_path)


def test_nothing_is_said_of_the_computers_own_disk(tmp_path: Path):
    for name in ("Blanketter", "Driven", "Boxen", "one drive in"):
        (tmp_path / name).mkdir()
        assert warning_about(TEXTS, tmp_path / name) == ""
    assert warning_about(TEXTS, Path("relativ")) == ""
