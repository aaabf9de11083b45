"""An office file without the moment it was packed: the same summary is the same bytes every time."""

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest moment such a file can name: it says nothing."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def undated(data: bytes) -> bytes:
    """Return the file packed anew, in the same order, without the moment of packing: the same bytes, whose hash is signed."""
    return _packed(data, None)


def steady(data: bytes, written: datetime) -> bytes:
    """Return the same, said to be changed when the summary was written."""
    return _packed(data, written)


def _packed(data: bytes, written: datetime | None) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as packed, ZipFile(out, "w") as into:
        for name in packed.namelist():
            part = packed.read(name)
            if written and name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{written:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            into.writestr(ZipInfo(name, _FIRST), part, ZIP_DEFLATED)
    return out.getvalue()
