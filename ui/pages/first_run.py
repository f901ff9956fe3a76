"""The first run: from nothing to an open store with a tried recovery sheet and a first backup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from desktop_app.domain.profile import Profile
from desktop_app.services import vault
from desktop_app.services.practice import PracticeStore, make_practice_store
from desktop_app.services.vault import NewStore, RecoverySheet, Session
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.pages.first_run_backup import FirstBackupPage
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.first_run_passphrase import PassphrasePage
from ui.pages.first_run_profile import ProfilePage
from ui.pages.first_run_restore import RestorePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.first_run_welcome import WelcomePage
from ui.widgets.gate import GatePage


@dataclass(frozen=True, slots=True)
class Places:
    """Where stores lie when nobody says otherwise."""

    store: Path
    practice: Path


class FirstRun(QStackedWidget):
    """Shows one step at a time. ``opened`` gets the session; ``unlock`` a folder that holds a store."""

    def __init__(
        self,
        desk: Desk,
        places: Places,
        opened: Callable[[Session], None],
        unlock: Callable[[Path], object],
        *,
        create: Callable[..., NewStore] = vault.create_store,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._places = places
        self._opened = opened
        self._unlock = unlock
        self._create = create
        self._profile: Profile | None = None
        self.show_welcome()

    @property
    def page(self) -> GatePage:
        """The step shown now."""
        page = self.currentWidget()
        assert isinstance(page, GatePage)  # noqa: S101 - nothing else is ever put in
        return page

    def show_welcome(self) -> None:
        """Show the first step."""
        ways = {
            "new": self._show_profile,
            "restore": self._show_restore,
            "open": self._choose_store,
            "practice": self._practise,
        }
        self._show(WelcomePage(self._desk, ways))

    def _show(self, page: GatePage) -> None:
        former = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if former is not None:
            self.removeWidget(former)
            former.deleteLater()
        page.begin()

    def begin(self) -> None:
        """Give the first field of the step the focus."""
        self.page.begin()

    def _show_profile(self) -> None:
        self._show(ProfilePage(self._desk, self._profile, self._show_passphrase, self.show_welcome))

    def _show_passphrase(self, profile: Profile) -> None:
        self._profile = profile
        folder = free_folder(self._places.store)
        self._show(PassphrasePage(self._desk, profile, folder, self._make, self._show_profile))

    def _make(self, passphrase: str, folder: Path) -> None:
        page = self.page
        assert isinstance(page, PassphrasePage)  # noqa: S101 - only that page calls this
        page.set_busy(busy=True)
        page.notice.silence()
        self._desk.jobs.run(
            page,
            self._create,
            self._desk.library,
            folder,
            self._profile,
            passphrase,
            self._desk.clock,
            done=self._show_sheet,
            failed=page.notice.show_error,
            ended=lambda: page.set_busy(busy=False),
        )

    def _show_sheet(self, store: NewStore) -> None:
        self._desk.session = store.session
        sheet = RecoverySheet(store.recovery_key, store.recovery_sheet)
        step = self._desk.text("window.first_run.step", number=4)
        self._show(SheetPage(self._desk, sheet, self._show_backup, step=step))

    def _show_backup(self) -> None:
        self._show(FirstBackupPage(self._desk, self._open))

    def _open(self) -> None:
        if self._desk.session is not None:
            self._opened(self._desk.session)

    def _show_restore(self) -> None:
        folder = free_folder(self._places.store)
        self._show(
            RestorePage(self._desk, folder, self._unlock, self.show_welcome, opened=self._open_restored)
        )

    def _open_restored(self, session: Session, paper: str) -> None:
        """Go on in the restored store; whoever opened it with a paper chooses a passphrase first."""
        if not paper:
            self._opened(session)
            return
        self._desk.session = session
        self._show(FreshPassphrasePage(self._desk, paper, self._open))

    def _choose_store(self) -> None:
        PlaceDialog(self._desk, self._places.store, self._unlock, self.window()).open()

    def _practise(self) -> None:
        if vault.holds_store(self._places.practice):
            self._unlock(self._places.practice)
            return
        page = self.page
        page.notice.show_words(self._desk.text("window.first_run.welcome.practice_making"))
        page.setEnabled(False)
        self._desk.jobs.run(
            page,
            make_practice_store,
            self._desk.library,
            self._places.practice,
            self._desk.clock,
            self._desk.text("window.unlock.practice_words"),
            done=self._open_practice,
            failed=page.notice.show_error,
            ended=lambda: page.setEnabled(True),
        )

    def _open_practice(self, practice: PracticeStore) -> None:
        self._desk.session = practice.session
        self._opened(practice.session)


def free_folder(wanted: Path) -> Path:
    """Return the folder itself, or one with a number after it when something already lies there."""
    folder, number = wanted, 2
    while folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        folder, number = wanted.with_name(f"{wanted.name} {number}"), number + 1
    return folder
