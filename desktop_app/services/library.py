"""The program's own data for everyone above: forms, rule sets, tables and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop_app.definitions.all import Definitions, read_definitions
from desktop_app.definitions.tables import Municipality
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.errors import FormNotFound, ModelUnknown
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.plausibility import CostBounds
from desktop_app.domain.recipient_profiles import RecipientProfiles
from desktop_app.domain.rules import RuleSet
from desktop_app.domain.texts import Texts
from desktop_app.paths import RESOURCES

__all__ = ["Library", "Municipality", "load_library"]

DEFAULT_MODEL = "nationell_polis_2023"


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """The definitions with the look-ups the program needs. One is itself alone, so that what is made of it is kept."""

    definitions: Definitions

    @property
    def texts(self) -> Texts:
        """All Swedish words."""
        return self.definitions.texts

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The 290 municipalities in the order of SCB's codes."""
        return self.definitions.municipalities

    @property
    def schema(self) -> CaseSchema:
        """What a case file may hold."""
        return self.definitions.schema

    @property
    def forms(self) -> tuple[FormDefinition, ...]:
        """The newest version of each form, by form id."""
        return tuple({form.id: form for form in self.definitions.forms}.values())

    @property
    def recipients(self) -> Mapping[str, str]:
        """Recipients and the authority each is in the register of disclosures ("" for the person and the own file)."""
        return {code: profile.authority for code, profile in self.recipient_profiles.by_id.items()}

    @property
    def recipient_profiles(self) -> RecipientProfiles:
        """Whom paper goes to, and what each may see."""
        return self.definitions.recipients

    @property
    def models(self) -> tuple[RuleSet, ...]:
        """The newest version of each rule set."""
        return tuple({rules.id: rules for rules in self.definitions.rule_sets}.values())

    @property
    def cost_bounds(self) -> CostBounds:
        """Bounds for plausible costs."""
        return self.definitions.cost_bounds

    def table(self, name: str) -> tuple[str, ...]:
        """Return the codes of a table."""
        return self.definitions.tables[name]

    def form(self, form_id: str, version: int | None = None) -> FormDefinition:
        """Return a form by id (F03, any case) or slug, the newest version unless one is named."""
        for form in reversed(self.definitions.forms):
            if form.id == form_id and version in (None, form.version):
                return form
        wanted = form_id.strip()
        found = [
            form
            for form in self.definitions.forms
            if wanted.upper() == form.id.upper() or wanted.lower() == form.slug
        ]
        if version is not None:
            found = [form for form in found if form.version == version]
        if not found:
            raise FormNotFound(form=wanted[:20])
        return found[-1]

    def model(self, model_id: str) -> RuleSet:
        """Return the newest version of a rule set; ``ModelUnknown`` when there is none."""
        for rules in self.models:
            if rules.id == model_id:
                return rules
        raise ModelUnknown(known=", ".join(rules.id for rules in self.models))


@cache
def load_library() -> Library:
    """Read everything below resources/ once. Raises ``DefinitionFault``."""
    return Library(read_definitions(RESOURCES))
