"""A PDF behind a passphrase: AES-256 by the PDF standard's revision 6 (ISO 32000-2), metadata encrypted too.

It keeps what is written from being read. It does not show whether the file was changed on the way, and a file that is
encrypted is no PDF/A, so it no longer says that it is one.
"""

from __future__ import annotations

import re
from io import BytesIO

_PDFA = re.compile(rb'<pdfaid:(\w+)>[^<]*</pdfaid:\1>|\s+pdfaid:\w+="[^"]*"')


def encrypted(pdf: bytes, passphrase: str) -> bytes:
    """Return the document behind a passphrase; whoever has it may do all that can be done with a PDF.

    Each time gives other bytes: the file has a key of its own.
    """
    import pikepdf  # when it is asked for: few copies are, and it is slow to load

    lock = pikepdf.Encryption(user=passphrase, owner=passphrase, R=6, aes=True, metadata=True)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        xmp = document.Root.get("/Metadata")
        if isinstance(xmp, pikepdf.Stream):
            xmp.write(_PDFA.sub(b"", xmp.read_bytes()))
        document.save(out, encryption=lock, fix_metadata_version=False)
    return out.getvalue()
