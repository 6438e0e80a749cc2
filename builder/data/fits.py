"""Whether the columns bound to an end of a network have the shape that it takes, and which edits would mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.data.assign import count_classes
from builder.data.ends import BINARY, CLASS, End
from builder.data.ranges import embedding_misfit, whole_range
from builder.data.table import LABEL, MOST_CLASSES, NUMBER, TEXT, Column, as_labels
from graphs import catalogue
from graphs.dimensions import Dim, Symbolic
from graphs.edits import Edit, ReplaceLayer, SetParameters
from graphs.network import Network
from graphs.problems import Fix, Problem
from graphs.project import Project
from graphs.tensors import shape_text

_FEW = 20  # more different whole numbers than this are quantities rather than classes


@dataclass(frozen=True, slots=True)
class Site:
    """The network in which problems are found."""

    project: Project
    name: str

    @property
    def network(self) -> Network:
        """The network itself."""
        return self.project.networks[self.name]

    def problem(
        self, kind: str, name: str, title: str, *, node: str = "", port: str = "", came: str = "", expected: str = "",
        fixes: tuple[Fix, ...] = (), severity: str = "error",
    ) -> Problem:  # fmt: skip
        """Return a problem in this network."""
        return Problem(
            kind, severity, self.name, node, title, name=name, port=port, came=came, expected=expected, fixes=fixes
        )


def input_problems(
    site: Site, end: End, columns: Sequence[Column], index: bool, left_out: Sequence[Column] = ()
) -> list[Problem]:
    """Return what is wrong with the columns of one input; `index` as in a Binding.

    left_out: columns that the source proposes to ignore; where others are too few, these are likely why.
    """
    if not columns:
        title = "has no column of the data to take"
        expected = f"a column of shape {end.spec}" if end.spec is not None else "a column"
        came = f"none{_without(left_out)}" if left_out else ""
        return [site.problem("unbound-input", end.name, title, node=end.node, came=came, expected=expected)]
    wide = next((c for c in columns if c.kind == TEXT and count_classes(c) > MOST_CLASSES), None)
    if wide is not None:
        title = f"cannot take {wide.name}: it has {count_classes(wide):,} different texts"
        return [site.problem("data-shape", end.name, title, node=end.node, expected="categories that come again")]
    if end.spec is None:
        return []
    index = index or end.whole
    fix = _set(site, end, dtype="float32")
    if end.whole and any(not _whole(column) for column in columns):
        title, came = "takes whole numbers only", "numbers with fractions or gaps"
        return [_misfit(site, end, title, came, "whole numbers", fix)]
    if len(columns) > 1 and not all(column.scalar for column in columns):
        named = ", ".join(column.name for column in columns)
        return [_misfit(site, end, "takes one array by itself", named, "one of these columns", ())]
    shape = data_shape(columns, index)
    if fitted(shape, end.spec.shape) is not None:
        return _lookup_problems(site, end, columns)
    came = f"{shape_text(shape)} a sample ({_several(columns)}{_without(left_out)})"
    return [_misfit(site, end, "has another shape than the data", came, str(end.spec), _set(site, end, shape=shape))]


def _lookup_problems(site: Site, end: End, columns: Sequence[Column]) -> list[Problem]:
    for column in columns if end.whole else ():
        if found := embedding_misfit(site.network, site.name, end, column):
            came, expected, fix = found
            fixes = () if came.startswith("-") else (fix,)
            return [_misfit(site, end, "brings numbers that are looked up in vain", came, expected, fixes)]
    return []


def data_shape(columns: Sequence[Column], index: bool) -> tuple[int, ...]:
    """Return the shape of one sample of `columns` side by side, as an input gets them."""
    if not columns[0].scalar:
        return tuple(int(length) for length in columns[0].values.shape[1:])
    classes = [1 if index or c.kind == NUMBER else len(as_labels(c).classes) for c in columns]
    return (sum(classes),)


def fitted(shape: tuple[int, ...], wanted: tuple[Dim, ...]) -> tuple[int, ...] | None:
    """Return the shape in which data goes to an end that wants `wanted`, None where it does not fit.

    A length that is only a name fits any; axes of length 1 may come and go, as the channel of a grey picture does.
    """
    if len(shape) == len(wanted):
        if all(isinstance(there, Symbolic) or here == there for here, there in zip(shape, wanted, strict=True)):
            return shape
        return None
    numbers = [length for length in wanted if not isinstance(length, Symbolic)]
    if len(numbers) == len(wanted) and [n for n in shape if n != 1] == [n for n in numbers if n != 1]:
        return tuple(numbers)
    return None


def target_problems(site: Site, end: End, columns: Sequence[Column]) -> list[Problem]:
    """Return what is wrong with the target of one output."""
    if not columns:
        came = f"{end.column!r}, which is no target of the data" if end.column else ""
        expected = {CLASS: "a column of classes", BINARY: "a column of two classes"}.get(end.wants, "a number column")
        title = "has no column of the data to compare with"
        return [site.problem("unbound-target", end.name, title, node=end.node, came=came, expected=expected)]
    if end.spec is None:
        return []
    if end.wants == CLASS:
        return _class_problems(site, end, columns)
    for column in columns:
        problem = _binary_problem(site, end, column) if end.wants == BINARY else _number_problem(site, end, column)
        if problem is not None:
            return [problem]
    shape = (len(columns),) if columns[0].scalar else columns[0].spec.shape
    numbers = tuple(int(length) for length in shape if not isinstance(length, Symbolic))
    if fitted(numbers, end.spec.shape) is not None or (numbers == (1,) and end.spec.shape == ()):
        return []
    fixes = _features(site, end, numbers[0]) if len(numbers) == 1 and end.spec.rank == 1 else ()
    came = f"{shape_text(numbers)} a sample ({_several(columns)})"
    return [_misfit(site, end, "gives another shape than its target", came, str(end.spec), fixes)]


def nothing_to_learn(site: Site, target: Column | None) -> list[Problem]:
    """Return the problem of a network whose outputs have no loss; `target`: what the data has to learn from."""
    plain = [node for node in site.network.of_kind("Output") if not site.network[node].get("disabled")]
    if not plain:
        return []  # without any output the drawing itself has a problem
    few = target is not None and target.scalar and target.kind != NUMBER and count_classes(target) <= MOST_CLASSES
    kinds = ("Classification", "Regression") if few else ("Regression", "Classification")
    fixes = tuple(Fix(f"Use {kind}", ReplaceLayer(site.name, plain[0], kind), False) for kind in kinds)
    title, expected = "has no loss, so nothing can be learned", "an output such as Classification"
    name = site.network.name(plain[0])
    return [site.problem("no-loss", name, title, node=plain[0], port="input", expected=expected, fixes=fixes)]


def _class_problems(site: Site, end: End, columns: Sequence[Column]) -> list[Problem]:
    column = columns[0]
    if len(columns) > 1:
        return [_misfit(site, end, "compares with one column of classes", _several(columns), "one column", ())]
    assert end.spec is not None
    if not column.scalar:
        whole = column.spec.dtype == "int64"
        fits_all = whole and fitted(data_shape(columns, True), end.spec.shape[1:]) is not None
        low, high = whole_range(column) if whole else (0, 0)
        if fits_all and isinstance(end.spec.shape[0], int) and not 0 <= low <= high < end.spec.shape[0]:
            came, expected = f"{low:,} to {high:,} ({column.name})", f"0 to {end.spec.shape[0] - 1:,}"
            return [_misfit(site, end, "gets classes that it has no output for", came, expected, ())]
        expected = f"whole numbers, {shape_text(end.spec.shape[1:])} a sample"
        if _is_one_hot(column):
            expected = "the number of one class a row; save y.argmax(axis=1) in place of one-hot rows"
        return [] if fits_all else [_misfit(site, end, "needs a class", f"{column.spec} ({column.name})", expected, ())]
    number = count_classes(column)
    if number > MOST_CLASSES:
        came = f"{number:,} different values of {column.name}" if column.kind == TEXT else f"numbers ({column.name})"
        return [_misfit(site, end, "needs classes", came, "classes", _replace(site, end, "Regression", column))]
    if number < 2:
        return [_misfit(site, end, f"cannot learn from {column.name}", f"{number} class in all rows", "2 or more", ())]
    wanted = end.spec.shape[0] if end.spec.shape else 1
    if isinstance(wanted, Symbolic) or wanted == number:
        return []
    severity = "error" if wanted < number else "warning"
    title = f"has {wanted} outputs for {number} classes of {column.name}"
    fixes = _features(site, end, number)
    if column.kind == NUMBER and number > _FEW:
        fixes = (*_replace(site, end, "Regression", column), *fixes)
    return [_misfit(site, end, title, f"{wanted}", f"{number}", fixes, severity)]


def _is_one_hot(column: Column) -> bool:
    values = column.values
    return values.ndim == 2 and bool(((values == 0) | (values == 1)).all() and (values.sum(axis=1) == 1).all())


def _binary_problem(site: Site, end: End, column: Column) -> Problem | None:
    number = count_classes(column) if column.scalar else 2
    if number == 2:
        return None
    fixes = _replace(site, end, "Classification", column) if 2 < number <= MOST_CLASSES else ()
    return _misfit(site, end, "answers yes or no", f"{number:,} different values of {column.name}", "2", fixes)


def _number_problem(site: Site, end: End, column: Column) -> Problem | None:
    if column.kind not in (LABEL, TEXT):
        return None
    number = count_classes(column)
    fixes = _replace(site, end, "Classification", column) if 2 <= number <= MOST_CLASSES else ()
    came = f"{number:,} class{'' if number == 1 else 'es'} ({column.name})"
    return _misfit(site, end, "needs numbers", came, "numbers", fixes)


def _misfit(
    site: Site, end: End, title: str, came: str, expected: str, fixes: tuple[Fix, ...], severity: str = "error"
) -> Problem:
    port = "input" if end.wants else "output"
    return site.problem(
        "data-shape", end.name, title, node=end.node, port=port, came=came, expected=expected, fixes=fixes,
        severity=severity,
    )  # fmt: skip


def _whole(column: Column) -> bool:
    if column.kind == NUMBER:
        return not column.missing.any() and bool((column.values == column.values.round()).all())
    return column.scalar or column.spec.dtype == "int64"


def _without(columns: Sequence[Column]) -> str:
    if not columns:
        return ""
    return f"; left out: {_several(columns)}" + (f", {columns[0].reason}" if len(columns) == 1 else "")


def _several(columns: Sequence[Column]) -> str:
    names = ", ".join(column.name for column in columns[:3])
    return f"{names} and {len(columns) - 3} more" if len(columns) > 3 else names


def _set(site: Site, end: End, **values: object) -> tuple[Fix, ...]:
    words = ", ".join(f"{k} {shape_text(v) if isinstance(v, tuple) else v}" for k, v in values.items())
    return (Fix(f"Give {end.name} the data's {words}", SetParameters(site.name, end.node, values)),)


def _features(site: Site, end: End, number: int) -> tuple[Fix, ...]:
    """Return a fix that gives the last Linear before an output as many features as the data asks for."""
    network, node = site.network, end.node
    for _ in range(len(network)):
        sources = {wire.source for wire in network.wires_into(node)}
        if len(sources) != 1:
            return ()
        node = sources.pop()
        if network.kind(node) == "Linear":
            edit: Edit = SetParameters(site.name, node, {"out_features": number})
            return (Fix(f"Give {network.name(node)} {number} outputs", edit),)
        spec = catalogue.find(network.kind(node))
        if spec is None or not (spec.pointwise or spec.category in ("activation", "normalization")):
            return ()
    return ()


def _replace(site: Site, end: End, kind: str, column: Column) -> tuple[Fix, ...]:
    assert column.scalar
    return (Fix(f"Use {kind}", ReplaceLayer(site.name, end.node, kind), False),)
