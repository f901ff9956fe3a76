"""Reads resources/data/consent_blocks.toml: what each gap in the consents stops."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.consent_register import ConsentBlock, ConsentBlocks, Direction
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.texts import Texts

WORDS = "consents.stops"


def read_consent_blocks(
    path: Path, authorities: tuple[str, ...], forms: Iterable[FormDefinition], texts: Texts
) -> ConsentBlocks:
    """Return what each gap stops, with the newest forms that ask for each consent. Raises ``DefinitionFault``."""
    node = read_toml(path)
    always = node.texts("always")
    for authority in always:
        if authority not in authorities:
            raise node.fault("always", f"no authority {authority}")
    blocks = tuple(_block(child, authorities, texts) for child in node.children("block"))
    node.done()
    asking: dict[str, list[str]] = {}
    for form in {form.id: form for form in forms}.values():
        if form.needs_consent_for is not None:
            asking.setdefault(form.needs_consent_for, []).append(form.id)
    return ConsentBlocks(
        blocks=blocks, always=always, forms={authority: tuple(ids) for authority, ids in asking.items()}
    )


def _block(node: Node, authorities: tuple[str, ...], texts: Texts) -> ConsentBlock:
    block = ConsentBlock(
        authority=node.one_of("authority", authorities),
        direction=Direction(node.one_of("gap", tuple(Direction))),
        words=f"{WORDS}.{node.text('words')}",
    )
    node.done()
    if not texts.has(block.words):
        raise node.fault("words", f"no text {block.words}")
    return block
