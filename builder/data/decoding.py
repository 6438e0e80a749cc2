"""Bytes of a file to text: the encoding named or found out, and what is no text refused by name."""

import re
from pathlib import Path

from graphs.errors import FileProblem

AUTO = "auto"
ENCODINGS = (AUTO, "utf-8", "latin-1", "cp1252", "utf-16")
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # with which UTF-16 begins, and nothing in UTF-8 can
_SIGNATURES = {
    b"PK\x03\x04": "a zip archive or an Excel workbook; save its sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an Excel workbook; save its sheet as CSV",
    b"\x1f\x8b": "compressed (gzip); unpack it first",
    b"BZh": "compressed (bzip2); unpack it first",
    b"\xfd7zXZ": "compressed (xz); unpack it first",
    b"PAR1": "a Parquet file; save it as CSV",
    b"%PDF": "a PDF; save its table as CSV",
}
_AT_ONCE = 30_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(path: Path, content: bytes, encoding: str = AUTO) -> tuple[str, str]:
    """Return a file's text without a byte order mark, and a note for the user where the encoding was guessed.

    `auto` is UTF-8, or UTF-16 where the file begins with its mark; what is neither is read as Windows-1252, which
    European spreadsheets write. Raises FileProblem that names the line.
    """
    if not content.strip():
        raise FileProblem(path, "the file is empty; expected a table, one row a line.")
    for signature, what in _SIGNATURES.items():
        if content.startswith(signature):
            raise FileProblem(path, f"this is no text but {what}.")
    text, note = _found(content) if encoding == AUTO else (_named(path, content, encoding), "")
    # Bit by bit, as the window shares the interpreter with whoever reads a large file for it.
    found = (_CONTROL.search(text, start, start + _AT_ONCE) for start in range(0, len(text), _AT_ONCE))
    if odd := next(filter(None, found), None):
        line = text.count("\n", 0, odd.start()) + 1
        sign = "a NUL character" if odd[0] == "\0" else f"a control character (0x{ord(odd[0]):02x})"
        raise FileProblem(path, f"{sign}, which text does not hold; is this a CSV file?", f"line {line}")
    return text, note


def _named(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{content[error.start]:02x} is not {encoding}; try another encoding, such as latin-1."
        raise FileProblem(path, what, f"line {line}") from None


def _found(content: bytes) -> tuple[str, str]:
    for encoding in ("utf-16" if content.startswith(_MARKS) else "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "Read as Windows-1252 text, as it is not UTF-8." if encoding == "cp1252" else ""
    return content.decode("latin-1"), "Read as Latin-1 text, as it is not UTF-8."
