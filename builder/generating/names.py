"""Names in generated code: classes from titles, variables and arguments that hide nothing the code uses."""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Container

from graphs.naming import check_name

LONGEST = 60
MODULES = ("torch", "nn", "F", "math")
_TAKEN = frozenset({*dir(builtins), *keyword.kwlist, *MODULES, "self"})
# Words that torch's own functions use for arguments although Python has functions of that name.
_CUSTOMARY = frozenset({"input", "filter", "id", "iter", "hash", "bytes", "vars", "map", "object", "type", "format"})
_USED = frozenset({"int", "min", "max", "range", "super", "getattr", "sum", "len", "tuple", "list", "zip", "reversed"})


def class_name(title: str, taken: Container[str], fallback: str = "Network") -> str:
    """Return a class name made of the words of a title, with a number if that name is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[A-Za-z0-9]+", plain)
    name = "".join(word[0].upper() + word[1:] for word in words)[:LONGEST]
    if not name or name[0].isdigit():
        name = fallback + name
    number, wanted = 1, name
    while name in taken or name in _TAKEN:
        number += 1
        name = f"{wanted}{number}"
    return name


def argument_name(name: str, taken: Container[str]) -> str:
    """Return the argument that a node or block argument called `name` becomes; `input_0` for a number.

    Raises UserError for a name that cannot be one.
    """
    check_name(name, "argument")
    wanted = f"input_{name}" if name.isdigit() else name
    if wanted in taken or wanted in _USED or (wanted in _TAKEN and wanted not in _CUSTOMARY):
        wanted += "_"
    return _numbered(wanted, taken)


def variable_name(name: str, taken: Container[str]) -> str:
    """Return a local variable named after a node."""
    wanted = f"x{name}" if name.isdigit() else name
    return _numbered(f"{wanted}_" if wanted in _TAKEN else wanted, taken)


def _numbered(wanted: str, taken: Container[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}{number}"
    return name
