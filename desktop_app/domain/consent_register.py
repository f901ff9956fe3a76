"""The consent register by authority: how each stands today, who has agreed, and what every gap stops.

What a gap stops is data (resources/data/consent_blocks.toml), and so is which form asks for whose consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.consents import (
    Consent,
    Standing,
    consent_from_row,
    obtaining_from,
    standing_for,
)
from desktop_app.domain.forms import Row


class Direction(StrEnum):
    """Which way information goes."""

    DISCLOSE = "disclose"
    OBTAIN = "obtain"


@dataclass(frozen=True, slots=True)
class ConsentBlock:
    """What stops while an authority may not be told (or asked). ``words`` is the last part of a text key."""

    authority: str
    direction: Direction
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentBlocks:
    """What each gap stops. ``always``: authorities whose consent is looked for even before anybody has asked."""

    blocks: tuple[ConsentBlock, ...]
    always: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    """The forms that ask for the consent of each authority."""

    def words_of(self, authority: str, direction: Direction) -> tuple[str, ...]:
        """Return the text keys of what stops."""
        return tuple(b.words for b in self.blocks if b.authority == authority and b.direction is direction)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredConsent:
    """One row of the register with how it stands. ``lacks`` names who must agree and has not been asked."""

    row_id: str
    unit: str
    data_kinds: tuple[str, ...]
    received_by: str
    received_how: str
    consent: Consent
    standing: Standing
    obtaining: Standing
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityConsent:
    """One authority in the register. ``stops`` are text keys, ``stopped_forms`` form ids; both empty without a gap."""

    authority: str
    standing: Standing
    obtaining: Standing
    rows: tuple[RegisteredConsent, ...]
    stops: tuple[str, ...]
    stopped_forms: tuple[str, ...]

    @property
    def ends_on(self) -> date | None:
        """Return the last day of a valid consent, the latest of several; ``None`` when it has no end."""
        ends = [row.consent.valid_until for row in self.rows if row.standing is Standing.VALID]
        return max((day for day in ends if day is not None), default=None) if None not in ends else None


GIVERS = ("own_line", "guardian_one", "guardian_two")
"""Who agrees for a child, by column."""


def register_of(
    rows: Sequence[Row], blocks: ConsentBlocks, order: Iterable[str], day: date, *, is_child: bool
) -> tuple[AuthorityConsent, ...]:
    """Return the authorities that somebody has been asked about, and those always looked for, in table order."""
    read = [(row, consent) for row in rows if (consent := consent_from_row(row)) is not None]
    named = {consent.recipient for _, consent in read}
    return tuple(
        _authority(authority, read, blocks, day, is_child=is_child)
        for authority in order
        if authority in named or authority in blocks.always
    )


def _authority(
    authority: str,
    read: Sequence[tuple[Row, Consent]],
    blocks: ConsentBlocks,
    day: date,
    *,
    is_child: bool,
) -> AuthorityConsent:
    consents = [consent for _, consent in read]
    standing = standing_for(authority, consents, day)
    obtaining = obtaining_from(authority, consents, day)
    may_tell, may_ask = standing is Standing.VALID, obtaining is Standing.VALID
    stops = (
        *(() if may_tell else blocks.words_of(authority, Direction.DISCLOSE)),
        *(() if may_ask else blocks.words_of(authority, Direction.OBTAIN)),
    )
    return AuthorityConsent(
        authority=authority,
        standing=standing,
        obtaining=obtaining,
        rows=tuple(
            _row(row, consent, day, is_child=is_child)
            for row, consent in read
            if consent.recipient == authority
        ),
        stops=stops,
        stopped_forms=() if may_tell else blocks.forms.get(authority, ()),
    )


def _row(row: Row, consent: Consent, day: date, *, is_child: bool) -> RegisteredConsent:
    kinds = row.cell("data_kinds").value
    standing = consent.standing(day)
    asked = is_child and standing in (Standing.VALID, Standing.DISPUTED, Standing.NOT_YET)
    return RegisteredConsent(
        row_id=row.id,
        unit=_text(row, "unit"),
        data_kinds=kinds if isinstance(kinds, tuple) else (),
        received_by=_text(row, "received_by"),
        received_how=_text(row, "received_how"),
        consent=consent,
        standing=standing,
        obtaining=consent.obtaining(day),
        lacks=tuple(name for name in GIVERS if getattr(consent, name) is None) if asked else (),
    )


def _text(row: Row, column: str) -> str:
    value = row.cell(column).value
    return value if isinstance(value, str) else ""
