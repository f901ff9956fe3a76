"""A form as a PDF to be filled in on a computer: every answer of a blank one, or the part that others answer.

The words, the boxes and the order are those of the print; where an answer would stand there is a field.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.field_names import FormMark
from desktop_app.domain.forms import FilledForm
from desktop_app.domain.texts import Texts
from desktop_app.printing.field_file import with_fields
from desktop_app.printing.form_print import FormPrint, draw_form
from desktop_app.printing.open_fields import OpenFields
from desktop_app.printing.setting import setting_of

__all__ = ["lay_out_fillable"]


def lay_out_fillable(
    filled: FilledForm, texts: Texts, response_id: str = "", open_sections: frozenset[str] | None = None
) -> FormPrint:
    """Return the form with fields in all sections, or in ``open_sections`` alone; the rest is printed as it stands.

    ``response_id`` goes into the fields' names, so that an answer is read in where it was asked for; it is empty for
    a form that is made out for no case.
    """
    definition = filled.definition
    links = None
    if open_sections is not None:
        links = frozenset(
            item.link_id
            for section in definition.sections
            if section.id in open_sections
            for item in section.items
        )
    fields = OpenFields(FormMark(definition.id, definition.version, response_id), texts, links)
    printed, widgets = draw_form(filled, replace(setting_of(filled, texts), fields=fields))
    return replace(printed, pdf=with_fields(printed.pdf, widgets)) if widgets else printed
