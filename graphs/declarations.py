"""Declarations: a named thing with parameters, and the registries in which such things are found by name."""

import difflib
import json
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from graphs.errors import UserError, ValueProblem
from graphs.parameters import Parameter, Sized, Value
from graphs.parameters.base import literal


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A layer, data source, optimizer, recipe, template...: a name, one line of help, and what there is to choose."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        names = [parameter.name for parameter in self.parameters]
        assert len(names) == len(set(names)), f"{self.name} declares a parameter twice"

    @cached_property
    def choices(self) -> tuple[Parameter, ...]:
        """The parameters that a user may set."""
        return tuple(p for p in self.parameters if not isinstance(p, Sized))

    @cached_property
    def _named(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.choices}

    @cached_property
    def _defaults(self) -> dict[str, Value]:
        """Defaults worked out once; one that could be changed in place is left out and made anew each time."""
        found = {parameter.name: _canonical(parameter) for parameter in self.choices}
        return {name: value for name, value in found.items() if isinstance(value, Hashable)}

    def parameter(self, name: str) -> Parameter:
        """Return the parameter called `name`. Raises UserError that lists the names there are."""
        found = self._named.get(name)
        if found is not None:
            return found
        raise UserError(f"{self.name} has no parameter {name!r}{suggestion(name, [p.name for p in self.choices])}")

    def check(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return `values` in canonical form, in the declared order. Raises UserError for the first bad one."""
        for name in values:
            self.parameter(name)
        return {p.name: p.check(values[p.name]) for p in self.choices if p.name in values}

    def complete(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return checked `values` with the defaults of all others."""
        checked = self.check(values)
        return {p.name: checked[p.name] if p.name in checked else self.default(p) for p in self.choices}

    def trim(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return checked `values` without those at their default, as a file holds them."""
        return self.without_defaults(self.check(values))

    def without_defaults(self, checked: Mapping[str, Value]) -> dict[str, Value]:
        """Return values in canonical form without those at their default, in the declared order."""
        held = [parameter for parameter in self.choices if parameter.name in checked]
        return {p.name: checked[p.name] for p in held if checked[p.name] != self.default(p)}

    def default(self, parameter: Parameter) -> Value:
        """Return the default of one parameter in canonical form."""
        known = self._defaults
        return known[parameter.name] if parameter.name in known else _canonical(parameter)


def _canonical(parameter: Parameter) -> Value:
    try:
        return parameter.check(parameter.default)
    except ValueProblem:
        return parameter.default  # a parameter without a default, such as a file's path, is empty until chosen


Declared = TypeVar("Declared", bound=Declaration)


class Registry(Generic[Declared]):
    """Declarations by name, in the order in which they were declared. `noun` names one of them in messages."""

    def __init__(self, noun: str, load: Callable[[], None] | None = None) -> None:
        self.noun = noun
        self._load = load
        self._loaded = load is None
        self._loading = threading.RLock()
        self._entries: dict[str, Declared] = {}

    def add(self, declared: Declared) -> Declared:
        """Register `declared`. A second one of the same name is a programming error."""
        assert declared.name not in self._entries, f"{self.noun} {declared.name} is declared twice"
        self._entries[declared.name] = declared
        return declared

    def names(self) -> list[str]:
        """Return all names in the order of declaration."""
        return list(self._all())

    def get(self, name: str) -> Declared:
        """Return the declaration called `name`. Raises UserError that suggests near names."""
        entries = self._all()
        if name not in entries:
            raise UserError(f"There is no {self.noun} {name!r}{suggestion(name, list(entries))}")
        return entries[name]

    def find(self, name: str) -> Declared | None:
        """Return the declaration called `name`, None when there is none."""
        return self._entries.get(name) if self._loaded else self._all().get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._all()

    def __iter__(self) -> Iterator[Declared]:
        return iter(self._all().values())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Declared]:
        if not self._loaded:  # the declarations' modules are imported when first asked for, by whichever thread
            with self._loading:
                load, self._load = self._load, None
                if load is not None:
                    load()
                    self._loaded = True
        return self._entries


def suggestion(name: str, known: list[str]) -> str:
    """Return the end of a sentence about an unknown `name`: what was probably meant, or all there is."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; there are: {', '.join(known)}." if known else "; there are none."


@dataclass(frozen=True, kw_only=True)
class Variant(Parameter):
    """One of several declared kinds with its own parameters: `{"kind": "AdamW", "lr": 0.001}`."""

    options: Registry[Any] | None = None
    default: Value = field(default_factory=dict)

    @property
    def registry(self) -> Registry[Any]:
        """The kinds to choose from."""
        assert self.options is not None
        return self.options

    @property
    def expected(self) -> str:
        return f"a kind of {self.registry.noun} with its parameters, such as {{'kind': {self.registry.names()[0]!r}}}"

    def _accept(self, value: Value) -> Value:
        if isinstance(value, str):
            value = {"kind": value}
        if not isinstance(value, Mapping) or not isinstance(value.get("kind"), str):
            raise self.refuse(value)
        kind = self.registry.get(value["kind"])
        return {"kind": kind.name, **kind.trim({k: v for k, v in value.items() if k != "kind"})}

    def show(self, value: Value) -> str:
        if value is None:
            return "none"
        settings = ", ".join(f"{k}={v}" for k, v in value.items() if k != "kind")
        return f"{value['kind']} ({settings})" if settings else str(value["kind"])

    def schema(self) -> dict[str, Value]:
        return {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": self.registry.names()}}}


@dataclass(frozen=True, kw_only=True)
class Nested(Parameter):
    """Several choices under one name, such as the parts of a split: `{"validation": 0.2, "seed": 0}`."""

    declaration: Declaration | None = None
    default: Value = field(default_factory=dict)

    @property
    def declared(self) -> Declaration:
        """What there is to choose."""
        assert self.declaration is not None
        return self.declaration

    @property
    def expected(self) -> str:
        return f"some of {', '.join(choice.name for choice in self.declared.choices)}, each with its value"

    def _accept(self, value: Value) -> Value:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise self.refuse(value)
        return self.declared.trim(value)

    def _read(self, text: str) -> Value:
        return literal(text)

    def show(self, value: Value) -> str:
        return json.dumps(value)

    def schema(self) -> dict[str, Value]:
        choices = {choice.name: choice.schema() for choice in self.declared.choices}
        return {"type": "object", "additionalProperties": False, "properties": choices}
