"""Which fields a form has and in which order, where the municipality may say so (F12: the order of its receiver).

A list may leave out, move and reorder what the form declares; it adds nothing. What is required cannot be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop_app.domain.errors import UserError
from desktop_app.domain.forms import FormDefinition, Item, Section


class FieldListUnreadable(UserError):
    """The text is no TOML, or says something that a list does not say (``place``: line or key)."""

    code = "fields.unreadable"


class FieldListForAnother(UserError):
    """The list was written for another form, or for another version of it (``form``, ``version``)."""

    code = "fields.for_another"


class FieldUnknown(UserError):
    """A section or field that the form does not have (``name``)."""

    code = "fields.unknown"


class FieldTwice(UserError):
    """A section or field stands more than once (``name``)."""

    code = "fields.twice"


class RequiredFieldLeftOut(UserError):
    """A field that must be answered is not in the list (``name``)."""

    code = "fields.required_left_out"


@dataclass(frozen=True, slots=True)
class FieldList:
    """The sections of one version of a form, each with its fields by link id, in order."""

    form_id: str
    version: int
    sections: tuple[tuple[str, tuple[str, ...]], ...]

    def fields(self) -> Iterator[str]:
        """Yield every field."""
        for _, fields in self.sections:
            yield from fields

    def is_for(self, definition: FormDefinition) -> bool:
        """Tell whether the list was written for this very version of a form."""
        return (self.form_id, self.version) == (definition.id, definition.version)

    def must_fit(self, definition: FormDefinition) -> None:
        """Compare the list with the form it is about.

        Raises:
            FieldListForAnother: it was written for another form or version.
            FieldUnknown: the form has no such section or field.
            FieldTwice: a section or field stands more than once.
            RequiredFieldLeftOut: a field that must be answered is missing.

        """
        if not self.is_for(definition):
            raise FieldListForAnother(form=self.form_id[:20], version=self.version)
        known = {section.id for section in definition.sections}
        _each_once([name for name, _ in self.sections], known)
        _each_once([*self.fields()], set(definition.by_link))
        listed = set(self.fields())
        for item in definition.items():
            if item.required and item.link_id not in listed:
                raise RequiredFieldLeftOut(name=item.link_id)


def _each_once(names: list[str], known: set[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name not in known:
            raise FieldUnknown(name=name[:60])
        if name in seen:
            raise FieldTwice(name=name)
        seen.add(name)


def list_of(definition: FormDefinition) -> FieldList:
    """Return the list that a form declares itself."""
    sections = tuple(
        (section.id, tuple(item.link_id for item in section.items)) for section in definition.sections
    )
    return FieldList(definition.id, definition.version, sections)


def arranged(definition: FormDefinition, fields: FieldList) -> FormDefinition:
    """Return a form with the fields of a list, in its order; a section without fields is left out."""
    by_id = {section.id: section for section in definition.sections}
    items = definition.by_link
    sections = (
        _with_items(by_id[name], tuple(items[link_id] for link_id in listed))
        for name, listed in fields.sections
        if listed
    )
    return replace(definition, sections=tuple(sections))


def _with_items(section: Section, items: tuple[Item, ...]) -> Section:
    kept = {item.link_id for item in items}
    pages = (tuple(link_id for link_id in page if link_id in kept) for page in section.asked)
    return replace(section, items=items, asked=tuple(page for page in pages if page))
