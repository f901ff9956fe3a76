"""One form on stage without a screen: the services in two dictionaries, a desk that runs when told, a listener."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from desktop_app.domain.answers import EMPTY, Answer
from desktop_app.domain.changes import SHOWN_LATER, Kind, changed
from desktop_app.domain.errors import AppError, FormFinished, FormHasGaps, StaleRevision
from desktop_app.domain.forms import (
    Address,
    FilledForm,
    FilledItem,
    FilledSection,
    FormDefinition,
    Item,
    PageHead,
    ResponseStatus,
    Row,
    Section,
)
from desktop_app.domain.values import ItemType
from desktop_app.services import forms as real
from desktop_app.services.forms import Edit, FormView, Kept, Saved
from desktop_app.services.library import load_library
from ui.presenters.form_presenter import FormPresenter

TODAY = date(2026, 11, 22)
NAME, DAY, COSTS = Address("name"), Address("day"), "costs"
ITEMS = (
    Item(link_id="name", type=ItemType.TEXT, text_key="t.name"),
    Item(link_id="day", type=ItemType.DATE, text_key="t.day"),
    Item(
        link_id=COSTS,
        type=ItemType.REPEAT,
        text_key="t.costs",
        columns=(Item(link_id="amount", type=ItemType.MONEY, text_key="t.amount", sums=True),),
    ),
)
DEFINITION = FormDefinition(
    id="F99", slug="try", version=1, text_key="t", sections=(Section(id="s", text_key="t.s", items=ITEMS),)
)
HEAD = PageHead(
    municipality="", unit="", caseworker="", case_code=None, registry_number=None, dated=None, is_draft=True
)


@dataclass
class Store:
    """The services' side: one form, kept in two dictionaries."""

    revision: int = 0
    status: ResponseStatus = ResponseStatus.DRAFT
    answers: dict[str, Answer] = field(default_factory=dict)
    rows: dict[str, dict[str, Answer]] = field(default_factory=dict)
    removed: dict[str, dict[str, Answer]] = field(default_factory=dict)
    saves: list[Sequence[Edit]] = field(default_factory=list)
    settled: int = 0
    fails: list[AppError] = field(default_factory=list)

    read = staticmethod(real.read)
    fault_key = staticmethod(real.fault_key)

    def open_form(self, session: object, case_id: str, form_id: str) -> FormView:
        rows = tuple(Row(row_id, dict(cells)) for row_id, cells in self.rows.items())
        filled = FilledForm(
            definition=DEFINITION,
            head=HEAD,
            sections=(
                FilledSection(
                    DEFINITION.sections[0],
                    (
                        *(FilledItem(item, self.answers.get(item.link_id, EMPTY)) for item in ITEMS[:2]),
                        FilledItem(ITEMS[2], rows=rows),
                    ),
                ),
            ),
        )
        return FormView(
            case_id=case_id,
            case_code="K-2026-001",
            response_id="r",
            revision=self.revision,
            status=self.status,
            filled=filled,
            gaps=(),
            doubts=(),
            saved_at=datetime(2026, 11, 22, 14, 32, tzinfo=UTC) if self.saves else None,
            recipients=(),
        )

    def save(
        self, session: object, case_id: str, form_id: str, revision: int, edits: Sequence[Edit]
    ) -> Saved:
        if self.fails:
            raise self.fails.pop(0)
        if self.status is ResponseStatus.FINISHED:
            raise FormFinished
        if revision != self.revision:
            raise StaleRevision
        for edit in edits:
            place = self.rows[edit.address.row_id] if edit.address.row_id else self.answers
            place[edit.address.column or edit.address.link_id] = edit.answer
        self.saves.append(edits)
        return self._moved_on()

    def save_answers(
        self, session: object, case_id: str, form_id: str, revision: int, edits: Sequence[Edit]
    ) -> Kept:
        saved = self.save(session, case_id, form_id, revision, edits).view
        assert saved.saved_at is not None
        return Kept(saved.revision, saved.saved_at, SHOWN_LATER)

    def settle(self, session: object, case_id: str, form_id: str) -> Saved:
        self.settled += 1
        if self.fails:
            raise self.fails.pop(0)
        return Saved(view=self.open_form(session, case_id, form_id), changes=changed(Kind.FORM))

    def add_row(self, session: object, case_id: str, form_id: str, link_id: str) -> Saved:
        row_id = f"r{len(self.rows) + 1}"
        self.rows[row_id] = {}
        return replace(self._moved_on(), row_id=row_id)

    def remove_row(self, session: object, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
        self.removed[row_id] = self.rows.pop(row_id)
        return self._moved_on()

    def restore_row(self, session: object, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
        self.rows[row_id] = self.removed.pop(row_id)
        return self._moved_on()

    def finish(self, session: object, case_id: str, form_id: str) -> Saved:
        if not self.answers:
            raise FormHasGaps(count=1)
        self.status = ResponseStatus.FINISHED
        return self._moved_on()

    def begin_anew(self, session: object, case_id: str, form_id: str) -> Saved:
        self.status = ResponseStatus.DRAFT
        return self._moved_on()

    def _moved_on(self) -> Saved:
        self.revision += 1
        return Saved(view=self.open_form(None, "c", "F99"), changes=changed(Kind.FORM, case_id="c"))


@dataclass
class Desk:
    """Runs calls when told to, so that a test can type while one is under way."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def run(
        self,
        service: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        def call() -> None:
            try:
                result = service(None, *args)
            except AppError as error:
                failed(error)
            else:
                done(result)

        self.waiting.append(call)

    def work(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class Listener:
    """Writes down what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: self.told.append((name, args))

    def names(self) -> list[str]:
        return [name for name, _args in self.told]


@dataclass
class Scene:
    """A presenter with all it talks to."""

    store: Store
    desk: Desk
    listener: Listener
    form: FormPresenter


def fresh_scene() -> Scene:
    store, desk, listener = Store(), Desk(), Listener()
    form = FormPresenter(load_library(), desk.run, lambda: TODAY, listener, services=store)
    form.open("c", "F99")
    desk.work()
    return Scene(store, desk, listener, form)


def save(scene: Scene) -> None:
    scene.form.flush()
    scene.desk.work()
