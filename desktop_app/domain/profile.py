"""Who keeps the cases: municipality, committee and caseworker, as they stand at the head of every form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.answers import Answer, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The municipality by SCB's code and name, the committee and unit, and the caseworker with ways to be reached."""

    municipality_code: str
    municipality: str
    committee: str
    unit: str
    caseworker: str
    title: str
    phone: str
    email: str

    @property
    def signature(self) -> str:
        """Name and title, as printed below a signature."""
        return ", ".join(part for part in (self.caseworker, self.title) if part)

    @property
    def office(self) -> str:
        """Committee and unit, as they stand at the head of a page."""
        return ", ".join(part for part in (self.committee, self.unit) if part)

    def as_settings(self) -> Mapping[str, str]:
        """Return the profile as settings, key by key."""
        return {f"profile.{key}": str(getattr(self, key)) for key in self.__dataclass_fields__}

    def as_facts(self) -> Mapping[str, Answer]:
        """Return the facts that forms are filled from; what is empty is left out."""
        return _facts_of(self)


@lru_cache(maxsize=2)
def _facts_of(profile: Profile) -> Mapping[str, Answer]:
    """There is one profile, and every form that is opened asks for its facts."""
    texts = {
        **profile.as_settings(),
        "profile.sender": ", ".join(
            part for part in (profile.municipality, profile.unit, profile.signature) if part
        ),
        "profile.contact": ", ".join(part for part in (profile.phone, profile.email) if part),
    }
    return {key: answered(text) for key, text in texts.items() if text}


PRACTICE = "practice"
"""The setting of a store made to practise on."""

_SETTINGS = tuple((name, f"profile.{name}") for name in Profile.__dataclass_fields__)

PROFILE_FACTS = tuple(f"profile.{key}" for key in (*Profile.__dataclass_fields__, "sender", "contact"))
"""Every fact that ``as_facts`` can give."""


def is_for_practice(settings: Mapping[str, str]) -> bool:
    """Tell whether a store was made to practise on: everybody in it is invented, and every page says so."""
    return settings.get(PRACTICE) == "yes"


def profile_from_settings(settings: Mapping[str, str]) -> Profile:
    """Return the profile held by settings; what is missing is empty."""
    return Profile(**{name: settings.get(key, "") for name, key in _SETTINGS})
