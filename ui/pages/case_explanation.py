"""What F1 tells of a question: its words, its help, and where it says so, why, source and example."""

from __future__ import annotations

from desktop_app.domain.forms import Address
from ui.forms.context import FormContext
from ui.presenters.case_presenter import FindingsPart


def explanation(context: FormContext, address: Address) -> tuple[list[FindingsPart], str]:
    """Return the parts to show, and a note that says so when there is nothing more to tell."""
    item, texts = context.presenter.item_at(address), context.texts
    parts = [FindingsPart("", (context.label(item),))]
    if context.words(item, "help"):
        parts.append(FindingsPart("", (context.words(item, "help"),)))
    known = len(parts)
    for part, heading in (("why", "because"), ("source", "source"), ("example", "example")):
        words = context.words(item, part)
        if words:
            parts.append(FindingsPart(texts.get(f"form_page.why.{heading}"), (words,)))
    return parts, "" if len(parts) > known else texts.get("form_page.why.nothing")
