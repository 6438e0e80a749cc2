"""Words: yes or no, one of a few, free text, and paths."""

import re
from dataclasses import dataclass

from graphs.parameters.base import Parameter, Value

LONGEST_TEXT = 65_536


@dataclass(frozen=True, kw_only=True)
class Boolean(Parameter):
    """Yes or no."""

    @property
    def expected(self) -> str:
        return "true or false"

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value

    def _read(self, text: str) -> Value:
        words = {
            "true": True,
            "yes": True,
            "on": True,
            "1": True,
            "false": False,
            "no": False,
            "off": False,
            "0": False,
        }
        return words.get(text.lower(), text)

    def show(self, value: Value) -> str:
        return "none" if value is None else str(value).lower()

    def schema(self) -> dict[str, Value]:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Choice(Parameter):
    """One of a few words."""

    options: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        return "one of " + ", ".join(self.options)

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, str) or value not in self.options:
            raise self.refuse(value)
        return value

    def schema(self) -> dict[str, Value]:
        return {"enum": list(self.options)}


@dataclass(frozen=True, kw_only=True)
class Text(Parameter):
    """Free text; `pattern` is a regular expression that the whole of it must match, `form` names it in words."""

    default: Value = ""
    pattern: str = ""
    form: str = "text"
    multiline: bool = False

    @property
    def expected(self) -> str:
        return self.form

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self.refuse(value)
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> Value:
        return None if self.optional and not text.strip() else self.check(text)

    def schema(self) -> dict[str, Value]:
        return {"type": "string", **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


@dataclass(frozen=True, kw_only=True)
class FilePath(Text):
    """A file (or, with `folder`, a folder) that exists when it is used; `suffixes` filter the file dialog."""

    suffixes: tuple[str, ...] = ()
    folder: bool = False

    @property
    def expected(self) -> str:
        return "the path of a folder" if self.folder else f"the path of a file {' '.join(self.suffixes)}".rstrip()
