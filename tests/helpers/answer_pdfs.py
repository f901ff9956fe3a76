"""Answer PDFs as others could send them: with fields of any name and kind, locked, cut, looped or blown up."""

from collections.abc import Mapping
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader, PdfWriter


def pdf_with_fields(values: Mapping[str, object], **saving: object) -> bytes:
    """A page without a drawing, and fields that hold these values; a ``Name`` is the state of a box to tick."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    fields = Array()
    for name, value in values.items():
        is_box = isinstance(value, Name)
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]), T=String(name))
        field.FT = Name.Btn if is_box else Name.Tx
        field.V = value
        fields.append(pdf.make_indirect(field))
    page.Annots = fields
    pdf.Root.AcroForm = Dictionary(Fields=fields)
    return saved(pdf, **saving)


def saved(pdf: pikepdf.Pdf, **saving: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **saving)
    return out.getvalue()


def filled_by_pypdf(pdf: bytes, values: Mapping[str, str]) -> bytes:
    """The form as another program leaves it when somebody has filled it in."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_loop() -> bytes:
    """A field that is its own child."""
    pdf = pikepdf.open(BytesIO(pdf_with_fields({"F04-v1": "x"})))
    field = pdf.Root.AcroForm.Fields[0]
    field.Kids = Array([field, field])
    return saved(pdf)


def very_deep(levels: int) -> bytes:
    """Fields below fields."""
    pdf = pikepdf.open(BytesIO(pdf_with_fields({"F04-v1": "x"})))
    node = pdf.Root.AcroForm.Fields[0]
    for _ in range(levels):
        below = pdf.make_indirect(Dictionary(T=String("a"), V=String("x")))
        node.Kids = Array([below])
        node = below
    return saved(pdf)


def blown_up(megabytes: int) -> bytes:
    """A long text as a stream that unpacks to far more than the file."""
    pdf = pikepdf.open(BytesIO(pdf_with_fields({"F04-v1.blank.threat_measures": "x"})))
    stream = pdf.make_stream(b"a" * (megabytes << 20))
    pdf.Root.AcroForm.Fields[0].V = stream
    return saved(pdf, compress_streams=True)
