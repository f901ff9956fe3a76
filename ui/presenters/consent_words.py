"""The consent register in words. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.consent_register import GIVERS, AuthorityConsent, RegisteredConsent
from desktop_app.domain.consents import Standing
from desktop_app.domain.texts import Texts
from desktop_app.services.consents import ConsentRegister

SHAPES = {
    Standing.VALID: "●",
    Standing.DISPUTED: "◐",
    Standing.NOT_YET: "◐",
    Standing.NOT_ASKED: "○",
    Standing.REFUSED: "–",
    Standing.EXPIRED: "✕",
    Standing.WITHDRAWN: "✕",
}
CHANGEABLE = (Standing.VALID, Standing.DISPUTED, Standing.NOT_YET, Standing.EXPIRED)
ENDS = (Standing.EXPIRED, Standing.WITHDRAWN, Standing.NOT_YET)


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One row: unit, which ways, how it stands, and what is known of it."""

    row_id: str
    unit: str
    ways: str
    standing: str
    details: tuple[str, ...]
    lacks: str
    can_change: bool


@dataclass(frozen=True, slots=True)
class AuthorityLines:
    """One authority: how it stands, its rows, and what stops without it."""

    authority: str
    name: str
    shape: str
    standing: str
    is_gap: bool
    lines: tuple[ConsentLine, ...]
    stops: tuple[str, ...]


def authority_lines(register: ConsentRegister, texts: Texts) -> tuple[AuthorityLines, ...]:
    """Return the register, authority by authority."""
    return tuple(_authority(one, register, texts) for one in register.authorities)


def explained_words(register: ConsentRegister, texts: Texts) -> str:
    """Return when and in what language the consents were gone through, empty when neither is known."""
    day = register.explained_on.isoformat() if register.explained_on else ""
    if day and register.language:
        return texts.get("consents.explained", day=day, language=register.language)
    if day:
        return texts.get("consents.explained_day", day=day)
    return texts.get("consents.explained_language", language=register.language) if register.language else ""


def not_asked_words(register: ConsentRegister, texts: Texts) -> str:
    """Return which authorities nobody has asked about, empty when there are none."""
    names = ", ".join(texts.get(f"tables.authorities.{code}") for code in register.not_asked)
    return texts.get("consents.not_asked_others", authorities=names) if names else ""


def _authority(one: AuthorityConsent, register: ConsentRegister, texts: Texts) -> AuthorityLines:
    stops = [texts.get(key) for key in one.stops]
    if one.stopped_forms:
        stops.append(texts.get("consents.stops_form", forms=", ".join(one.stopped_forms)))
    lacks = any(row.lacks for row in one.rows)
    return AuthorityLines(
        authority=one.authority,
        name=texts.get(f"tables.authorities.{one.authority}"),
        shape=SHAPES[Standing.NOT_YET if lacks else one.standing],
        standing=_standing(one.standing, one, texts),
        is_gap=bool(stops) or lacks,
        lines=tuple(_line(row, register, texts) for row in one.rows),
        stops=tuple(stops),
    )


def _standing(standing: Standing, one: AuthorityConsent, texts: Texts) -> str:
    if standing is Standing.VALID and one.ends_on is not None:
        return texts.get("consents.standing.valid_until", day=one.ends_on.isoformat())
    if standing in ENDS and len(one.rows) == 1:
        return _row_standing(one.rows[0], texts)
    return texts.get(f"consents.standing.{standing.value}")


def _row_standing(row: RegisteredConsent, texts: Texts) -> str:
    consent, key = row.consent, f"consents.standing.{row.standing.value}"
    days = {
        Standing.VALID: ("_until", consent.valid_until),
        Standing.NOT_YET: ("_from", consent.valid_from),
        Standing.EXPIRED: ("_on", consent.valid_until),
        Standing.WITHDRAWN: ("_on", consent.withdrawn_on),
    }
    suffix, day = days.get(row.standing, ("", None))
    return texts.get(f"{key}{suffix}", day=day.isoformat()) if day is not None else texts.get(key)


def _line(row: RegisteredConsent, register: ConsentRegister, texts: Texts) -> ConsentLine:
    give, fetch = (
        texts.get("consents.may" if standing is Standing.VALID else "consents.may_not")
        for standing in (row.standing, row.obtaining)
    )
    kinds = ", ".join(texts.get(f"tables.data_kinds.{code}") for code in row.data_kinds)
    details = [
        texts.get("consents.kinds", kinds=kinds) if kinds else "",
        _received(row, texts),
        _child_lines(row, texts) if register.is_child else "",
    ]
    return ConsentLine(
        row_id=row.row_id,
        unit=row.unit,
        ways=texts.get("consents.both_ways", give=give, fetch=fetch),
        standing=_row_standing(row, texts),
        details=tuple(part for part in details if part),
        lacks=_lacks(row, texts),
        can_change=row.standing in CHANGEABLE,
    )


def _received(row: RegisteredConsent, texts: Texts) -> str:
    how = texts.get(f"tables.consent_received.{row.received_how}").lower() if row.received_how else ""
    if row.received_by and how:
        return texts.get("consents.received", who=row.received_by, how=how)
    if row.received_by:
        return texts.get("consents.received_by", who=row.received_by)
    return texts.get("consents.received_how", how=how) if how else ""


def _child_lines(row: RegisteredConsent, texts: Texts) -> str:
    words = {True: "yes", False: "no", None: "open"}
    said = {name: texts.get(f"consents.line.{words[getattr(row.consent, name)]}") for name in GIVERS}
    return texts.get("consents.child_lines", **said)


def _lacks(row: RegisteredConsent, texts: Texts) -> str:
    if not row.lacks:
        return ""
    who = ", ".join(texts.get(f"consents.lacks.{name}") for name in row.lacks)
    return texts.get("consents.lacks.one", who=who)
