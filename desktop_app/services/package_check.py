"""The disclosure check of a whole package: what each reader's copy withholds and tells, gathered to be ticked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from desktop_app.domain.disclosure_check import DisclosureCheck, Hit, WithheldField
from desktop_app.domain.progress import Progress
from desktop_app.services.disclosure_check import check_filled
from desktop_app.services.meeting_forms import PackageForms, Reader
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class PackageCheck:
    """``whole`` is what a person reads and ticks, ``by_recipient`` what goes out in one copy of each kind."""

    whole: DisclosureCheck
    by_recipient: Mapping[str, DisclosureCheck]


@dataclass(slots=True)
class _Told:
    """One hit with those whose copies tell it."""

    hit: Hit
    form: str
    recipients: list[str] = field(default_factory=list[str])
    readers: list[str] = field(default_factory=list[str])


def check_package(
    session: Session,
    forms: PackageForms,
    form_ids: tuple[str, ...],
    readers: tuple[Reader, ...],
    progress: Progress,
) -> PackageCheck:
    """Return what the copies of a package tell and withhold.

    The same words in the same place are one hit for all whose copies tell them. Its id names them too, so that a tick
    falls when somebody else is to read it as well.
    """
    told: dict[str, _Told] = {}
    withheld: dict[tuple[str, str], WithheldField] = {}
    by_recipient: dict[str, DisclosureCheck] = {}
    for recipient in dict.fromkeys(reader.recipient for reader in readers):
        progress.step(0, len(readers), "meetings.checking")
        names = [reader.words for reader in readers if reader.recipient == recipient]
        hits: list[Hit] = []
        for part in forms.parts(form_ids, next(each for each in readers if each.recipient == recipient)):
            found = check_filled(session, part.opened, part.filled, part.disclosure)
            withheld.update({(each.text_key, each.reason): each for each in found.withheld})
            title = session.library.texts.get(f"{part.filled.definition.text_key}.title")
            for hit in found.hits:
                key = f"{part.case_code}/{part.filled.definition.id}/{hit.id}"
                entry = told.setdefault(key, _Told(hit, title))
                entry.recipients.append(recipient)
                entry.readers += names
                hits.append(hit)
        by_recipient[recipient] = DisclosureCheck(recipient=recipient, hits=tuple(hits))
    whole = tuple(_read_once(session, key, each) for key, each in told.items())
    return PackageCheck(
        DisclosureCheck(recipient=None, hits=whole, withheld=tuple(withheld.values())), by_recipient
    )


def _read_once(session: Session, key: str, told: _Told) -> Hit:
    hit = told.hit
    words = " ".join((hit.around or hit.words).split())
    around = session.library.texts.get(
        "meetings.told_to", words=words, form=told.form, readers="; ".join(told.readers)
    )
    return replace(hit, id=f"{key}@{'+'.join(told.recipients)}", around=around)
