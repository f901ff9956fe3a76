"""A digest of what a form is filled with: a kept print is compared with the form of today by it, undrawn.

The head of the pages is left out: day, draft mark and caseworker change without the form saying anything else.
"""

from __future__ import annotations

import hashlib

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import FilledForm, FilledItem

_MADE_AS = "1"
"""Changed when the digest is made in another way: then it is not known whether an older print differs."""


def content_digest(filled: FilledForm) -> str:
    """Return the digest of recipient, questions and answers, as a recipient would read them."""
    told = (
        filled.definition.id,
        filled.definition.version,
        filled.recipient,
        tuple((section.section.id, tuple(map(_item, section.items))) for section in filled.sections),
    )
    return f"{_MADE_AS}:{hashlib.sha256(repr(told).encode()).hexdigest()}"


def may_be_compared(digest: str) -> bool:
    """Tell whether a kept digest was made as digests are made now."""
    return digest.startswith(f"{_MADE_AS}:")


def _item(entry: FilledItem) -> tuple[object, ...]:
    item = entry.item
    columns = tuple(column.link_id for column in item.columns)
    rows = tuple(tuple(_said(row.cell(column)) for column in columns) for row in entry.rows)
    return item.link_id, _said(entry.answer), columns, rows


def _said(answer: Answer) -> tuple[str, str, str]:
    typed = "" if answer.is_given else answer.typed
    return answer.state.value, "" if answer.value is None else repr(answer.value), typed
