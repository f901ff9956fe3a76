"""The list of a form's questions: each with how it stands, and the overview last."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.texts import Texts
from ui.desk import Desk
from ui.presenters.guide_pages import GuidePage, heading
from ui.presenters.guide_walk import OVERVIEW, PageState

SHAPES = {
    PageState.OPEN: "○",
    PageState.BEGUN: "◐",
    PageState.ANSWERED: "●",
    PageState.NO_ANSWER: "●",
}


def question_list(
    desk: Desk, texts: Texts, pages: Iterable[tuple[GuidePage, PageState]], parent: QWidget
) -> QMenu:
    """Return a menu whose actions have as data the id of their page, or ``OVERVIEW``; it is gone when closed.

    ``texts`` are the form's own words, which a finished one keeps.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(desk.text("guide_page.list.name"))
    for page, state in pages:
        title = heading(page, texts).replace("&", "&&")
        words = desk.text("guide_page.list.line", shape=SHAPES[state], title=title)
        action = menu.addAction(f"{words}\t{desk.text(f'guide_page.list.{state.value}')}")
        action.setCheckable(True)
        action.setData(page.id)
    menu.addSeparator()
    menu.addAction(desk.text("guide_page.overview.title")).setData(OVERVIEW)
    return menu
