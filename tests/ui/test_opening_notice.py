"""What stands above the first page when a store was found otherwise than it was left."""

from pathlib import Path

from desktop_app.storage.file_seal import SEAL_FILE_NAME
from tests.helpers.practice import PASSPHRASE, closed_store
from tests.ui.conftest import Stage
from ui.pages.unlock import UnlockPage
from ui.windows.last_place import remembered_changes


def enter(stage: Stage, folder: Path) -> None:
    stage.window.show_unlock(folder)
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    page.field.line.setText(PASSPHRASE)
    page.take()
    stage.work()


def test_nothing_is_said_of_a_store_that_is_as_it_was_left(stage: Stage, tmp_path: Path):
    folder = closed_store(tmp_path / "valv")
    enter(stage, folder)
    assert stage.frame.opening.words == ""
    assert stage.window.lock()
    stage.work()
    assert remembered_changes(stage.around.note_file, folder)
    enter(stage, folder)
    assert stage.frame.opening.words == ""


def test_an_older_store_put_back_is_told_until_it_is_read(stage: Stage, tmp_path: Path):
    folder = closed_store(tmp_path / "valv")
    old = {path.name: path.read_bytes() for path in folder.iterdir()}
    enter(stage, folder)
    assert stage.window.lock()
    stage.work()
    for name, content in old.items():
        (folder / name).write_bytes(content)
    enter(stage, folder)
    assert "äldre än när det senast var öppet" in stage.frame.opening.words
    assert "ändring nummer" in stage.frame.opening.words
    stage.page("cases")
    assert stage.frame.opening.words, "it stays when one goes to another page"
    stage.frame.opening.close_button.click()
    assert stage.frame.opening.words == ""


def test_after_a_crash_one_hears_that_all_was_checked(stage: Stage, tmp_path: Path):
    folder = closed_store(tmp_path / "valv")
    (folder / SEAL_FILE_NAME).unlink()
    enter(stage, folder)
    assert "kontrollerade och hela" in stage.frame.opening.words
