"""Who a paper goes to, and what they may see of a case: decided before anything is laid out.

Which recipients there are, and what each may see on which ground, is data (resources/data/recipients.toml).

Sources: OSL (2009:400) 26 kap. 1 § (secret unless it is clear that it does no harm), 10 kap. 1 § and 12 kap. 2 § (the
person lifts the secrecy wholly or partly), 10 kap. 3 § (what the person may see of the own file), 10 kap. 28 § (a duty
to tell); lag (2001:454) 6 § (only what is needed). Read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.consents import ConsentScope
from desktop_app.domain.filling import FINDS_SOMEBODY
from desktop_app.domain.forms import Sensitivity
from desktop_app.domain.protection import Protection

CASE_FILE = "case_file"
"""The recipient of what stays in the house."""

CLASSES = tuple(each for each in Sensitivity if each is not Sensitivity.ORDINARY)
"""What can be withheld, in the order in which it is told."""


class Basis(StrEnum):
    """What it rests on that a recipient may see something."""

    PERSON = "person"
    CONSENT = "consent"
    LAW = "law"
    CASE_FILE = "case_file"


class Reason(StrEnum):
    """Why a class of data is withheld; its words stand under ``disclosure_check.reasons``."""

    PROTECTED = "protected"
    PROTECTION_UNKNOWN = "protection_unknown"
    NOT_FOR_RECIPIENT = "not_for_recipient"
    NO_CONSENT = "no_consent"
    CONSENT_NARROWER = "consent_narrower"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientProfile:
    """One recipient. ``sees`` are the classes it may see at all, ``sees_protected`` those it sees of protected persons.

    ``authority`` is its code in the register of disclosures, empty for the person and the own file.
    """

    id: str
    basis: Basis
    sees: frozenset[Sensitivity]
    sees_protected: frozenset[Sensitivity] = frozenset()
    authority: str = ""

    @property
    def is_outside(self) -> bool:
        """Tell whether paper for this recipient leaves the house: it is then checked before it goes."""
        return self.basis is not Basis.CASE_FILE

    @property
    def consent_of(self) -> str:
        """The authority whose consent is looked for, empty when it rests on something else."""
        return self.authority if self.basis is Basis.CONSENT else ""


@dataclass(frozen=True, slots=True)
class RecipientProfiles:
    """All recipients by code, and the kind of data in a consent that opens each class.

    A class without a kind is opened by the consent as such: no consent of the person can name what is known of others.
    """

    by_id: Mapping[str, RecipientProfile]
    kinds: Mapping[Sensitivity, str]

    def of(self, recipient: str | None) -> RecipientProfile:
        """Return a recipient's profile, that of the case file for none; ``KeyError`` for one that does not exist."""
        return self.by_id[recipient or CASE_FILE]

    def withheld(
        self, recipient: str | None, protection: Protection, consent: ConsentScope
    ) -> Mapping[Sensitivity, Reason]:
        """Return the classes that a recipient may not see, each with the reason that weighs most."""
        profile = self.of(recipient)
        found = {each: self._reason(each, profile, protection, consent) for each in CLASSES}
        return {each: reason for each, reason in found.items() if reason is not None}

    def _reason(
        self, wanted: Sensitivity, profile: RecipientProfile, protection: Protection, consent: ConsentScope
    ) -> Reason | None:
        if wanted in FINDS_SOMEBODY and protection.hides and wanted not in profile.sees_protected:
            return Reason.PROTECTED if protection.is_known_protected else Reason.PROTECTION_UNKNOWN
        if wanted not in profile.sees:
            return Reason.NOT_FOR_RECIPIENT
        if profile.basis is not Basis.CONSENT:
            return None
        if not consent.is_valid:
            return Reason.NO_CONSENT
        kind = self.kinds.get(wanted)
        return None if kind is None or consent.covers(kind) else Reason.CONSENT_NARROWER
