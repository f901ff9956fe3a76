"""The sheets of the crisis binder: one for each open case, with what the binder's level lets it carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_cards import CaseCard
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.crisis_binder import (
    BinderPlan,
    Level,
    at_level,
    level_for,
    without_apart,
    without_empty,
)
from desktop_app.domain.deadlines import Moment
from desktop_app.domain.filling import fill
from desktop_app.domain.forms import FilledForm, FormResponse, PageHead, Row
from desktop_app.domain.profile import is_for_practice, profile_from_settings
from desktop_app.domain.texts import Texts, label_of
from desktop_app.services.case_reading import ReadCase, read_case
from desktop_app.services.deadline_following import rules_as_set
from desktop_app.services.deadline_words import DeadlineTexts
from desktop_app.services.session import Session
from desktop_app.storage.deadline_store import Listed
from desktop_app.storage.unit_of_work import StoreSet

MOST_DEADLINES = 8
STANDING = "standing"
"""The section that stands whole: that a threat has not been judged is worth knowing."""
_COSTS = "cost_lines"


@dataclass(frozen=True, slots=True)
class Openness:
    """How open a binder is, and whether whoever prints it has said that protected persons may be named."""

    level: Level
    names_protected: bool = False


@dataclass(frozen=True, slots=True)
class SheetMaker:
    """Makes sheets in one reading; ``settings`` are those of the store."""

    session: Session
    stores: StoreSet
    openness: Openness
    settings: Mapping[str, str]

    def sheet(self, card: CaseCard) -> FilledForm:
        """Return the sheet of a case, with nothing on it that the level does not let it carry."""
        case = read_case(self.session, self.stores, self.stores.cases.by_id(card.case_id))
        is_protected = not case.file.may_name_client
        names_protected = self.openness.names_protected
        level = level_for(self.openness.level, is_protected=is_protected, names_protected=names_protected)
        definition = self.session.library.form(self._plan.sheet)
        response = FormResponse(
            id=definition.slug,
            case_id=card.case_id,
            form_id=definition.id,
            form_version=definition.version,
            answers=self._next_step(card),
            rows={"deadlines": self._deadlines(card.case_id, level), "providers": self._providers(case.file)},
        )
        filled = fill(definition, response, case.file, self._head(case, level))
        names = level is Level.FULL
        shown = at_level(filled, self._plan, level, with_places=names or not is_protected)
        shown = without_empty(shown, kept=STANDING)
        return shown if self.openness.level is Level.FULL and not names else without_apart(shown)

    @property
    def _plan(self) -> BinderPlan:
        return self.session.library.definitions.crisis_binder

    def _head(self, case: ReadCase, level: Level) -> PageHead:
        registry = None if level is Level.CODES_ONLY else case.file.value("file.registry_number")
        return replace(
            head_at(self.session, self.settings, level),
            case_code=case.file.case.code,
            registry_number=str(registry) if registry else None,
            protection=case.file.protection,
        )

    def _next_step(self, card: CaseCard) -> Mapping[str, Answer]:
        if not card.next_step:
            return {}
        return {"next_step": answered(self.session.library.texts.get(f"guide.steps.{card.next_step}.title"))}

    def _deadlines(self, case_id: str, level: Level) -> tuple[Row, ...]:
        texts = self.session.library.texts
        words = DeadlineTexts(texts, rules_as_set(self.session.library, self.settings))
        listed = [each for each in self.stores.deadlines.listed_of_case(case_id) if each.deadline.is_open]
        listed.sort(key=lambda each: (each.deadline.act_by, str(each.deadline.due)))
        return tuple(
            Row(
                f"{number}",
                {
                    "due": answered(_day(each.deadline.due)),
                    "what": answered(f"{self._title(each, words, level)}{_hour(each.deadline.due)}"),
                },
            )
            for number, each in enumerate(listed[:MOST_DEADLINES])
        )

    def _title(self, listed: Listed, words: DeadlineTexts, level: Level) -> str:
        """Return what is to be done; what somebody wrote in their own words may name somebody."""
        if not listed.deadline.rule_id and level is not Level.FULL:
            return self.session.library.texts.get("binder.own_deadline")
        return words.view(listed).title

    def _providers(self, file: CaseFile) -> tuple[Row, ...]:
        return tuple(_provider_rows(file, self.session.today, self.session.library.texts))


def _day(due: Moment) -> date:
    return due.date() if isinstance(due, datetime) else due


def _hour(due: Moment) -> str:
    return f", {due:%H:%M}" if isinstance(due, datetime) else ""


def _provider_rows(file: CaseFile, today: date, texts: Texts) -> Iterator[Row]:
    """Yield the providers whose period goes on, each once for each kind of support."""
    seen: set[tuple[object, object]] = set()
    for row in file.rows(_COSTS):
        provider, code = row.cell("provider").value, row.cell("cost_type").value
        starts, ends = row.cell("starts").value, row.cell("ends").value
        over = isinstance(ends, date) and ends < today
        ahead = isinstance(starts, date) and starts > today
        if not provider or over or ahead or (provider, code) in seen:
            continue
        seen.add((provider, code))
        cells = {"provider": row.cell("provider"), "until": row.cell("ends")}
        yield Row(
            row.id, {**cells, "what": answered(label_of(texts, "cost_types", str(code)))} if code else cells
        )


def head_at(session: Session, settings: Mapping[str, str], level: Level) -> PageHead:
    """Return the head of a page about no single case; the caseworker is not named where nobody is."""
    profile = profile_from_settings(settings)
    return PageHead(
        municipality=profile.municipality,
        unit=profile.office,
        caseworker="" if level is Level.CODES_ONLY else profile.signature,
        case_code=session.library.texts.get("binder.all_cases"),
        registry_number=None,
        dated=session.today.isoformat(),
        is_draft=False,
        is_practice=is_for_practice(settings),
    )
