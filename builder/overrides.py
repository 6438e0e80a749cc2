"""Choices by dotted name that go before a project's own: `training.optimizer.lr`, `main.fc1.bias`."""

import copy
from collections.abc import Mapping

from builder.data.choices import DATA
from builder.training.choices import TRAINING
from graphs import catalogue
from graphs.declarations import Declaration, Nested, Variant, suggestion
from graphs.edits import SetParameters
from graphs.errors import UserError, ValueProblem
from graphs.parameters import Mapped, Parameter, Value
from graphs.project import Project

SECTIONS: Mapping[str, Declaration] = {"training": TRAINING, "data": DATA}


def parse(assignments: list[str], option: str = "--set") -> dict[str, str]:
    """Read `name=value` texts, as `option` takes them. Raises UserError for one without a `=`."""
    found = {}
    for text in assignments:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UserError(f"{option} takes name=value, got {text!r}.")
        found[name.strip()] = value
    return found


def override(project: Project, choices: Mapping[str, Value]) -> Project:
    """Return a copy of `project` with `choices` set; text values are read by the parameter that they are for.

    Raises UserError for a name or a value that does not fit.
    """
    changed = copy.deepcopy(project)
    for name, value in choices.items():
        try:
            _set(changed, name, value)
        except ValueProblem as problem:  # it knows the last part of the name alone
            where = name if name.endswith(problem.where) else f"{name}: {problem.where}"
            raise ValueProblem(where, problem.got, problem.expected) from None
    return changed


def _set(project: Project, name: str, value: Value) -> None:
    head, _, rest = name.partition(".")
    if head in SECTIONS and rest:
        section: dict[str, Value] = getattr(project, head)
        section.update(_into(SECTIONS[head], section, rest, value, name))
    elif head in project.networks and rest.count(".") == 1:
        node, parameter = rest.split(".")
        _set_on_node(project, head, node, parameter, value)
    else:
        known = " or ".join(f"{part}." for part in (*SECTIONS, *project.networks))
        raise UserError(f"{name}: a name starts with {known}, as training.optimizer.lr does.")


def _set_on_node(project: Project, network: str, name: str, parameter: str, value: Value) -> None:
    node = project.networks[network].find(name)
    if node is None:
        raise UserError(f"{network} has no layer {name!r}{suggestion(name, sorted(project.networks[network].names()))}")
    declared = catalogue.get(project.networks[network].kind(node)).parameter(parameter)
    SetParameters(network, node, {parameter: _read(declared, value)}).apply(project)


def _into(declared: Declaration, held: Mapping[str, Value], path: str, value: Value, name: str) -> dict[str, Value]:
    """Return the one entry of `held` that changes when `path` below it becomes `value`."""
    head, _, rest = path.partition(".")
    parameter = declared.parameter(head)
    if not rest:
        return {head: _read(parameter, value)}
    return {head: parameter.check(_below(parameter, held.get(head, declared.default(parameter)), rest, value, name))}


def _below(parameter: Parameter, inner: Value, rest: str, value: Value, name: str) -> Value:
    """Return `inner`, the value of a parameter that is made of others, with `rest` below it changed."""
    if isinstance(parameter, Nested):
        return {**(inner or {}), **_into(parameter.declared, inner or {}, rest, value, name)}
    if isinstance(parameter, Variant):
        return _into_variant(parameter, inner, rest, value, name)
    if isinstance(parameter, Mapped):
        key, _, deeper = rest.partition(".")
        held = inner or {}
        entry = _below(parameter.each, held.get(key), deeper, value, name) if deeper else _read(parameter.each, value)
        return {**held, key: entry}
    raise UserError(f"{name}: {parameter.name} is a single value, so nothing can follow it.")


def _into_variant(parameter: Variant, inner: Value, rest: str, value: Value, name: str) -> Value:
    if rest == "kind":
        kind = parameter.registry.get(str(value))
        kept = {k: v for k, v in (inner or {}).items() if k in {p.name for p in kind.choices}}
        return {**kept, "kind": kind.name}
    if not inner:
        raise UserError(f"{name}: choose the kind first, with {name.rsplit('.', 1)[0]}.kind=...")
    kind = parameter.registry.get(inner["kind"])
    return {**inner, **_into(kind, inner, rest, value, name)}


def _read(parameter: Parameter, value: Value) -> Value:
    return parameter.parse(value) if isinstance(value, str) else parameter.check(value)
