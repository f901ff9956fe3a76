"""Everything below resources/, read once and held together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.definitions.case_schema import read_case_schema
from desktop_app.definitions.checklists import read_checklists
from desktop_app.definitions.consent_blocks import read_consent_blocks
from desktop_app.definitions.crisis_binder import read_crisis_binder
from desktop_app.definitions.deadlines import DeadlineReading, read_deadline_rules
from desktop_app.definitions.disclosure_grounds import GROUNDS, read_grounds
from desktop_app.definitions.forms import FormReading, read_forms
from desktop_app.definitions.guide import read_guide, read_hold_points
from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.definitions.items import ItemReading
from desktop_app.definitions.legal_references import decision_tables, read_legal_references
from desktop_app.definitions.meetings import read_meetings
from desktop_app.definitions.print_controls import read_print_controls
from desktop_app.definitions.recipients import read_recipients
from desktop_app.definitions.rules import FactKinds, RuleReading, read_fact_kinds, read_rule_sets
from desktop_app.definitions.tables import (
    Municipality,
    Tables,
    read_cost_bounds,
    read_municipalities,
    read_tables,
    read_words,
)
from desktop_app.definitions.texts import Catalogue, read_catalogue
from desktop_app.definitions.timeline import TimelineReading, read_timeline
from desktop_app.definitions.toml_file import place_of
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.checklists import Checklists
from desktop_app.domain.consent_register import ConsentBlocks
from desktop_app.domain.crisis_binder import BinderPlan
from desktop_app.domain.deadlines import DeadlineRule
from desktop_app.domain.derived import DERIVED_ROWS
from desktop_app.domain.disclosures import Grounds
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.guide import Guide
from desktop_app.domain.guide_standing import turning_keys
from desktop_app.domain.hold_points import HoldPoint
from desktop_app.domain.legal_references import LegalReferences
from desktop_app.domain.meetings import MeetingTypes
from desktop_app.domain.plausibility import CostBounds
from desktop_app.domain.print_control import PrintControls
from desktop_app.domain.recipient_profiles import RecipientProfiles
from desktop_app.domain.rules import OWN, RuleSet
from desktop_app.domain.timeline import TimelineDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """All data the program stands on."""

    texts: Catalogue
    tables: Tables
    recipients: RecipientProfiles
    municipalities: tuple[Municipality, ...]
    fact_kinds: FactKinds
    rule_sets: tuple[RuleSet, ...]
    schema: CaseSchema
    forms: tuple[FormDefinition, ...]
    guide: Guide
    hold_points: tuple[HoldPoint, ...]
    guide_turns: tuple[str, ...]
    """The keys asked by guide and hold points whose value may change with time alone."""
    timeline: TimelineDefinition
    deadlines: tuple[DeadlineRule, ...]
    cost_bounds: CostBounds
    grounds: Grounds
    legal_references: LegalReferences
    consent_blocks: ConsentBlocks
    crisis_binder: BinderPlan
    checklists: Checklists
    meetings: MeetingTypes
    print_controls: PrintControls
    passphrase_words: tuple[str, ...]
    blocked_passphrases: tuple[str, ...]
    everyday_words: tuple[str, ...]
    """Names of persons and places that are also words of everyday language, in small letters."""
    silent_words: tuple[str, ...]
    """What stands in fields for persons and places and points at none by itself, in small letters."""


def read_definitions(resources: Path) -> Definitions:
    """Read all definitions. Raises ``DefinitionFault`` naming file, key and fault."""
    data = resources / "data"
    texts = read_catalogue(resources / "texts" / "sv")
    fact_kinds = read_fact_kinds(resources / "rules" / "facts.toml")
    rule_sets = read_rule_sets(resources / "rules", RuleReading(fact_kinds, texts))
    codes = read_tables(data / "tables.toml")
    recipients = read_recipients(data / "recipients.toml", codes, texts)
    grounds = read_grounds(data / "disclosure_grounds.toml", texts)
    legal = data / "legal_references.toml"
    legal_references = read_legal_references(legal, texts)
    tables = {
        **codes,
        **decision_tables(legal_references, texts, place_of(legal)),
        GROUNDS: tuple(ground.id for ground in grounds.values() if ground.applies),
        "recipients": tuple(recipients.by_id),
        "models": (*dict.fromkeys(rules.id for rules in rule_sets), OWN),
    }
    reading = ItemReading(tables, texts)
    schema = read_case_schema(resources / "case_file" / "v1.toml", reading)
    forms = read_forms(resources / "forms", FormReading(reading, schema, DERIVED_ROWS))
    guide_reading = GuideReading(forms, schema, texts, tuple(legal_references.references))
    guide = read_guide(resources / "guide" / "v1.toml", guide_reading)
    hold_points = read_hold_points(resources / "guide" / "hold_points.toml", guide, guide_reading)
    return Definitions(
        texts=texts,
        tables=tables,
        recipients=recipients,
        municipalities=read_municipalities(data / "municipalities.csv"),
        fact_kinds=fact_kinds,
        rule_sets=rule_sets,
        schema=schema,
        forms=forms,
        guide=guide,
        hold_points=hold_points,
        guide_turns=turning_keys(guide, hold_points),
        timeline=read_timeline(resources / "timeline" / "v1.toml", TimelineReading.of(forms, schema, texts)),
        deadlines=read_deadline_rules(
            resources / "deadlines" / "v1.toml", DeadlineReading(schema, forms, texts)
        ),
        cost_bounds=read_cost_bounds(data / "cost_bounds.toml"),
        grounds=grounds,
        legal_references=legal_references,
        checklists=read_checklists(data / "checklists.toml", guide_reading),
        consent_blocks=read_consent_blocks(data / "consent_blocks.toml", codes["authorities"], forms, texts),
        crisis_binder=read_crisis_binder(data / "crisis_binder.toml", forms),
        meetings=read_meetings(data / "meetings.toml", codes, [form.id for form in forms]),
        print_controls=read_print_controls(data / "print_controls.toml", guide_reading),
        passphrase_words=read_words(data / "passphrase_words.txt"),
        blocked_passphrases=read_words(data / "blocked_passphrases.txt"),
        everyday_words=read_words(data / "everyday_words.txt"),
        silent_words=read_words(data / "silent_words.txt"),
    )
