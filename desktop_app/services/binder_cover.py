"""The first page of the crisis binder: how open it is, what is in it, and where the way back to the store lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.crisis_binder import Level
from desktop_app.domain.filling import fill
from desktop_app.domain.forms import FilledForm, FormResponse, PageHead, Row
from desktop_app.services.backup_media import media
from desktop_app.services.binder_sheets import Openness
from desktop_app.services.known_backups import known
from desktop_app.services.recovery import Holder, keys_view
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where copies and papers are said to lie, as rows of the cover. No secret is among it."""

    copies: tuple[Row, ...] = ()
    papers: tuple[Row, ...] = ()


def places_of(session: Session, level: Level) -> WayBack:
    """Return where copies and papers lie; nothing at the level without names and places: it is written in by hand."""
    if level is Level.CODES_ONLY:
        return WayBack()
    return WayBack(tuple(_copies(session)), tuple(_papers(session)))


def _copies(session: Session) -> Iterator[Row]:
    views = known(session)
    for medium in media(session):
        checked = [view.verified_at for view in views if view.medium_name == medium.name and view.verified_at]
        cells = {"medium": answered(medium.name), "place": answered(str(medium.place))}
        day = {"checked_on": answered(max(checked).astimezone().date())} if checked else {}
        yield Row(medium.medium_id, {**cells, **day})


def _papers(session: Session) -> Iterator[Row]:
    view, texts = keys_view(session), session.library.texts
    if view.sheet is not None:
        yield _paper("sheet", texts.get("binder.sheet_paper"), view.sheet)
    for card in view.cards:
        words = texts.get("binder.card_paper", number=card.card_number)
        yield _paper(f"card{card.card_number}", words, card)


def _paper(row_id: str, words: str, holder: Holder) -> Row:
    texts = {"paper": words, "holder": holder.holder, "place": holder.place}
    cells = {name: answered(text) for name, text in texts.items() if text}
    day = {"checked_on": answered(holder.checked_on)} if holder.checked_on else {}
    return Row(row_id, {**cells, **day})


@dataclass(frozen=True, slots=True)
class CoverMaker:
    """Makes the cover of one binder."""

    session: Session
    openness: Openness
    head: PageHead
    way_back: WayBack

    def cover(self, cases: int, parts: Sequence[FilledForm]) -> FilledForm:
        """Return the cover over these parts; the page each begins on is filled in when they are laid out."""
        library = self.session.library
        plan, today = library.definitions.crisis_binder, self.session.today
        definition = library.form(plan.cover)
        values: dict[str, str | date] = {
            "level": self.openness.level.value,
            "valid_from": today,
            "replace_by": plan.replace_by(today),
            "cases": str(cases),
        }
        response = FormResponse(
            id=definition.slug,
            case_id="",
            form_id=definition.id,
            form_version=definition.version,
            answers={name: answered(value) for name, value in values.items()},
            rows={
                "contents": tuple(self._line(number, part) for number, part in enumerate(parts)),
                "copies": self.way_back.copies or _LINES,
                "papers": self.way_back.papers or _LINES,
            },
        )
        no_case = Case(id="", code="", opened_at=self.session.clock())
        return fill(definition, response, CaseFile(case=no_case, facts={}, registers={}), self.head)

    def _line(self, number: int, part: FilledForm) -> Row:
        title = self.session.library.texts.get(f"{part.definition.text_key}.title")
        code = part.head.case_code
        return Row(str(number), {"title": answered(title), **({"case_code": answered(code)} if code else {})})


_LINES = (Row("1"), Row("2"))
"""Empty rows, to be written in by hand."""
