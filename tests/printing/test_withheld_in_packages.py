"""No copy of a meeting's package holds what its reader may not see: every reader, level of protection and consent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from desktop_app.domain.filling import FINDS_SOMEBODY, Disclosure
from desktop_app.domain.forms import PageHead, Row
from desktop_app.domain.protection import Protection
from desktop_app.printing.package_print import lay_out_package
from desktop_app.services import meeting_forms
from desktop_app.services.form_reading import OpenForm
from desktop_app.services.meeting_forms import PackageForms, Part, Reader
from desktop_app.services.meeting_packages import PACKAGE_FORM
from tests.helpers.figures import LONG, tell
from tests.helpers.told_by_pdf import told_by
from tests.printing.test_withheld_values import (
    CONSENTS,
    FORMS,
    LEVELS,
    LIBRARY,
    SESSION,
    Planted,
    in_form,
    opened,
    planted,
)

IN_PACKAGE = LIBRARY.definitions.meetings.choosable
READERS = sorted(LIBRARY.recipient_profiles.by_id)


class PlantedPackage(PackageForms):
    """A package of forms with a word of its own in every field, of a case that no store has to hold."""

    def __init__(self, level: Protection, consent: str) -> None:
        self._session, self._case_ids, self._meeting = SESSION, ("c",), "m"
        self._row, self._code_only = Row("m"), False
        self._forms = {form_id: opened(FORMS[form_id], level, consent) for form_id in IN_PACKAGE}

    def _open(self, case_id: str, form_id: str) -> OpenForm:
        return self._forms[form_id]


@dataclass(frozen=True)
class Copy:
    """One reader's copy, and which of the planted words are left in it."""

    package: PlantedPackage
    reader: Reader
    parts: Sequence[Part]
    shown: frozenset[str]

    def pdf(self) -> bytes:
        cover = self.package.cover(PACKAGE_FORM, self.parts, self.reader, "1")
        return lay_out_package(cover, [part.filled for part in self.parts], LIBRARY.texts).pdf


def words_of(part: Part) -> tuple[Planted, ...]:
    return planted(part.opened.definition.id)[2]


def left_in(part: Part) -> frozenset[str]:
    text = in_form(part.filled)
    return frozenset(each.word for each in words_of(part) if each.word in text)


def copies() -> Iterator[Copy]:
    """Every copy there can be; with all forms that may be chosen."""
    for level in LEVELS:
        for consent in CONSENTS:
            package = PlantedPackage(level, consent)
            for recipient in READERS:
                reader = Reader("r", recipient, "Läsaren")
                parts = package.parts(IN_PACKAGE, reader)
                yield Copy(package, reader, parts, frozenset().union(*map(left_in, parts)))


@pytest.mark.needs("pdftotext")
def test_no_copy_of_a_package_tells_its_reader_a_withheld_word():
    found: dict[frozenset[str], Copy] = {}
    count = 0
    for copy in copies():
        count += 1
        for part in copy.parts:
            withheld = [each for each in words_of(part) if each.sensitivity in part.disclosure.withheld]
            assert [each for each in withheld if each.word in copy.shown] == [], copy.reader
        found.setdefault(copy.shown, copy)
    by_size = sorted(found.values(), key=lambda one: len(one.shown))
    assert len(by_size[0].shown) < len(by_size[-1].shown), "the control: others may read what some may not"
    for copy in by_size if LONG else (by_size[0], by_size[-1]):
        told = told_by(copy.pdf())
        planted_words = [each.word for part in copy.parts for each in words_of(part)]
        assert [word for word in planted_words if (word in told) != (word in copy.shown)] == [], copy.reader
    tell("F6.1", f"{count} packages (reader, protection, consent): no withheld word in any copy")


def test_the_control_a_package_that_withholds_nothing_tells_who_and_where(monkeypatch: pytest.MonkeyPatch):
    honest = meeting_forms.disclosure_for

    def tells_all(*asked: object) -> tuple[Disclosure, PageHead]:
        disclosure, head = honest(*asked)
        return replace(disclosure, withheld=frozenset()), head

    monkeypatch.setattr(meeting_forms, "disclosure_for", tells_all)
    parts = PlantedPackage(Protection.PROTECTED_REGISTRATION, "none").parts(
        IN_PACKAGE, Reader("r", "school", "")
    )
    secret = {each.word for part in parts for each in words_of(part) if each.sensitivity in FINDS_SOMEBODY}
    assert secret & frozenset().union(*map(left_in, parts))
