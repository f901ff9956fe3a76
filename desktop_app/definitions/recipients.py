"""Reads resources/data/recipients.toml: whom paper goes to, and which classes of data each may see."""

from __future__ import annotations

from pathlib import Path

from desktop_app.definitions.tables import Tables
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.forms import Sensitivity
from desktop_app.domain.recipient_profiles import (
    CASE_FILE,
    CLASSES,
    Basis,
    RecipientProfile,
    RecipientProfiles,
)
from desktop_app.domain.texts import Texts

WORDS = "tables.recipients"


def read_recipients(path: Path, tables: Tables, texts: Texts) -> RecipientProfiles:
    """Return the recipients. Raises ``DefinitionFault`` naming file, key and fault."""
    node = read_toml(path)
    kinds = node.child("kinds")
    opened_by = {
        _class(kinds, name, name): kinds.one_of(name, tables["data_kinds"]) for name in kinds.names()
    }
    profiles = {
        name: _profile(name, child, tables, texts) for name, child in node.tables("recipients").items()
    }
    if CASE_FILE not in profiles:
        raise node.fault(f"recipients.{CASE_FILE}", "missing")
    node.done()
    return RecipientProfiles(profiles, opened_by)


def _profile(name: str, node: Node, tables: Tables, texts: Texts) -> RecipientProfile:
    basis = Basis(node.one_of("rests_on", tuple(Basis)))
    known = {
        Basis.CONSENT: tables["authorities"],
        Basis.LAW: tables["disclosure_recipients"],
    }
    authority = node.one_of("authority", known[basis]) if basis in known else ""
    profile = RecipientProfile(
        id=name,
        basis=basis,
        sees=_classes(node, "sees"),
        sees_protected=_classes(node, "sees_protected"),
        authority=authority,
    )
    node.done()
    if not texts.has(f"{WORDS}.{name}"):
        raise node.fault("", "has no words")
    if not profile.sees_protected <= profile.sees:
        raise node.fault("sees_protected", "names what it does not see")
    return profile


def _classes(node: Node, key: str) -> frozenset[Sensitivity]:
    return frozenset(_class(node, key, name) for name in node.texts(key))


def _class(node: Node, key: str, name: str) -> Sensitivity:
    if name not in CLASSES:
        raise node.fault(key, f"no class {name}")
    return Sensitivity(name)
