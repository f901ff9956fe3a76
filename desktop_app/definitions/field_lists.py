"""The list of a form's fields as a text that a municipality edits, and back."""

from __future__ import annotations

from desktop_app.definitions.toml_file import Node, read_text
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.field_lists import FieldList, FieldListUnreadable
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.texts import Texts


def field_list_text(fields: FieldList, definition: FormDefinition, texts: Texts, head: str) -> str:
    """Return a list as TOML. Each line tells in a remark what its field is called; ``head`` says how to edit it."""
    lines = [*(f"# {line}" for line in head.splitlines()), f'form = "{fields.form_id}"']
    lines.append(f"version = {fields.version}")
    titles = {section.id: texts.get(f"{section.text_key}.title") for section in definition.sections}
    for name, listed in fields.sections:
        lines += ["", "[[section]]", f'id = "{name}"  # {titles[name]}', "fields = ["]
        names = [f'  "{link_id}",' for link_id in listed]
        wide = max(map(len, names), default=0) + 2
        lines += [
            f"{name:<{wide}}# {_told(definition, link_id, texts)}"
            for name, link_id in zip(names, listed, strict=True)
        ]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _told(definition: FormDefinition, link_id: str, texts: Texts) -> str:
    item = definition.by_link[link_id]
    label = f"{item.text_key}.label"
    return texts.get(label) if texts.has(label) else link_id


def read_field_list(text: str, definition: FormDefinition) -> FieldList:
    """Return the list that a text holds.

    Raises:
        FieldListUnreadable: it is no TOML, or a key is missing or unknown (``place``).
        AppError: it does not fit the form, see ``FieldList.must_fit``.

    """
    try:
        node = read_text(text, definition.id)
        sections = tuple(_section(section) for section in node.children("section"))
        fields = FieldList(node.text("form"), node.number("version"), sections)
        node.done()
    except DefinitionFault as fault:
        raise FieldListUnreadable(place=str(fault.params.get("key") or "1")) from None
    fields.must_fit(definition)
    return fields


def _section(node: Node) -> tuple[str, tuple[str, ...]]:
    listed = node.text("id"), node.texts("fields")
    node.done()
    return listed
