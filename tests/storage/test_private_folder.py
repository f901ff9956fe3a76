"""A store's folder and files are for their owner alone, however they came to be."""

import os
from pathlib import Path

import pytest

from desktop_app.storage import private_folder
from desktop_app.storage.private_folder import make_private, mark_not_indexed
from tests.helpers.vaults import closed_vault, opened_vault

needs_rights = pytest.mark.skipif(os.name != "posix", reason="the rights of POSIX files")


def open_to_others(folder: Path) -> set[str]:
    """What other users of the computer could look into."""
    return {path.name for path in (folder, *folder.iterdir()) if path.stat().st_mode & 0o077}


@needs_rights
def test_a_store_that_is_open_is_closed_to_others(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o644)
    assert open_to_others(folder), "the control is open to others"
    vault = opened_vault(folder)
    try:
        assert open_to_others(folder) == set()
    finally:
        vault.close()
    assert open_to_others(folder) == set()


@needs_rights
def test_a_folder_closed_further_is_left_as_it_is(tmp_path: Path):
    tmp_path.chmod(0o500)
    make_private(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o500
    tmp_path.chmod(0o700)


@needs_rights
def test_a_medium_without_rights_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)
    make_private(tmp_path)


def test_windows_is_asked_to_leave_the_folder_out_of_its_index():
    written: list[tuple[str, int]] = []
    folder, read_only = 0x10, 0x1
    mark_not_indexed("store", lambda _place: folder | read_only, lambda *words: written.append(words))
    mark_not_indexed("store", lambda _place: folder | 0x2000, lambda *words: written.append(words))
    mark_not_indexed("none", lambda _place: -1, lambda *words: written.append(words))
    assert written == [("store", folder | read_only | private_folder.FILE_ATTRIBUTE_NOT_CONTENT_INDEXED)]
