"""What makes a file last and be readable by all: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one.

Says in the file which standards it follows, in which language it is, what its greys mean, and nothing about
persons: a title, which is the name of the form, and the program's name. No dates.
"""

from __future__ import annotations

import zlib
from functools import cache
from html import escape

from desktop_app.paths import RESOURCES
from desktop_app.printing.pdf_file import PdfFile, literal

LANGUAGE = "sv-SE"
PRODUCER = "Utväg"

_COLOURS = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def write_catalogue(file: PdfFile, *, pages: int, tree: int, title: str, outlines: int | None = None) -> int:
    """Write the root of the file, with what it says of itself; return its number."""
    words = _XMP.format(title=escape(title, quote=False), language=LANGUAGE, producer=PRODUCER).encode()
    metadata = file.add_packed(words, b"/Type/Metadata/Subtype/XML")  # plain, so that any archive can read it
    colours = file.add_packed(_colour_profile(), b"/N 3/Filter/FlateDecode")
    name = literal(_COLOURS)
    intent = (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%s/Info%s/DestOutputProfile %d 0 R>>"
        % (name, name, colours)
    )
    shown = b"" if outlines is None else b"/Outlines %d 0 R/PageMode/UseOutlines" % outlines
    return file.add(
        b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%s/Metadata %d 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[%s]%s>>"
        % (pages, tree, literal(LANGUAGE), metadata, intent, shown)
    )


def write_info(file: PdfFile, title: str) -> int:
    """Write title and producer, the same as in the metadata, for programs that read nothing newer."""
    return file.add(b"<</Title%s/Producer%s>>" % (literal(title), literal(PRODUCER)))


@cache
def _colour_profile() -> bytes:
    """Return what the greys are to be taken as: sRGB, as LittleCMS describes it."""
    return zlib.compress((RESOURCES / "colour" / "srgb.icc").read_bytes(), 9)
