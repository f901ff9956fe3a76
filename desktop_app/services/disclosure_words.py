"""A line of the disclosure register in words: for the page, the paper and the timeline alike."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.consents import Standing
from desktop_app.domain.disclosures import DisclosureLine, Grounds, Outcome
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWords:
    """One line, part by part."""

    day: str
    recipient: str
    check: str
    what: str
    ground: str
    need: str
    outcome: str
    decided: str


def line_words(line: DisclosureLine, grounds: Grounds, texts: Texts) -> LineWords:
    """Return a line in words."""
    content = line.content
    authority = texts.get(f"tables.disclosure_recipients.{content.authority}")
    check = _coded("recipient_checks", content.recipient_check, texts)
    initiative = _coded("disclosure_initiatives", content.initiative, texts)
    return LineWords(
        day=content.given_on.isoformat(),
        recipient=texts.get("disclosures.recipient_line", authority=authority, recipient=content.recipient),
        check=texts.get("disclosures.checked", check=check, initiative=initiative) if check else initiative,
        what=_what(line, grounds, texts),
        ground=ground_words(content.ground, grounds, texts, content.ground_detail),
        need=_need(line, texts),
        outcome=_outcome(line, texts),
        decided=_decided(line, texts),
    )


def ground_words(ground_id: str, grounds: Grounds, texts: Texts, detail: str = "") -> str:
    """Return a ground with its law, empty for none."""
    ground = grounds.get(ground_id)
    if ground is None:
        return ""
    law = ", ".join(part for part in (ground.law, detail.strip()) if part)
    return texts.get(
        "disclosures.ground_law", ground=texts.get(f"tables.disclosure_grounds.{ground_id}"), law=law
    )


def standing_words(standing: Standing, texts: Texts) -> str:
    """Return how a consent stood, in a word."""
    return texts.get(f"consents.standing.{standing.value}")


def _what(line: DisclosureLine, grounds: Grounds, texts: Texts) -> str:
    content, ground = line.content, grounds.get(line.content.ground)
    is_contact = ground is not None and ground.is_contact_data
    table = "contact_kinds" if is_contact else "data_kinds"
    kinds = ", ".join(_coded(table, code, texts) for code in content.data_kinds)
    key = "disclosures.kinds_only" if is_contact else "disclosures.kinds"
    parts = [
        content.what.strip(),
        texts.get(key, kinds=kinds) if kinds else "",
        texts.get("disclosures.document", words=content.document_words) if content.document_words else "",
    ]
    return "\n".join(part for part in parts if part)


def _need(line: DisclosureLine, texts: Texts) -> str:
    content = line.content
    parts = [
        texts.get("disclosures.need", words=content.need) if content.need else "",
        texts.get("disclosures.weighing", words=content.weighing) if content.weighing else "",
    ]
    if content.exceptional:
        parts.append(
            texts.get(f"disclosures.exceptional_{content.exceptional}", words=content.exceptional_reasons)
        )
    return "\n".join(part for part in parts if part)


def _outcome(line: DisclosureLine, texts: Texts) -> str:
    outcome = _coded("disclosure_outcomes", line.content.outcome.value, texts)
    if line.content.outcome is Outcome.NOT_SENT:
        return outcome
    then = texts.get("disclosures.consent_then", standing=standing_words(line.consent_then, texts))
    return f"{outcome}\n{then}"


def _decided(line: DisclosureLine, texts: Texts) -> str:
    content = line.content
    if not content.decided_by:
        return ""
    if content.decided_on is None:
        return texts.get("disclosures.decided", who=content.decided_by)
    return texts.get("disclosures.decided_on", who=content.decided_by, day=content.decided_on.isoformat())


def _coded(table: str, code: str, texts: Texts) -> str:
    return texts.get(f"tables.{table}.{code}") if code else ""
