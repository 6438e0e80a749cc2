"""How tensors of different shapes go together number by number."""

from collections.abc import Sequence

from graphs.dimensions import Dim, Symbolic
from graphs.layers.rules import is_real
from graphs.spec import Refusal, Remedy
from graphs.tensors import TensorSpec, shape_text


def broadcast(specs: tuple[TensorSpec, ...], ports: Sequence[str], verb: str, *, whole: bool = True) -> tuple[Dim, ...]:
    """Return the shape to which `specs` stretch. `verb` says in a refusal what cannot be done with them.

    Ranks must agree: torch would stretch a tensor of fewer axes along its samples. whole: whether `specs` are those on
    the wires, which another layer could change, and not parts of them.
    """
    first, shape = specs[0], specs[0].shape
    for spec, port in zip(specs[1:], ports[1:], strict=True):
        if spec.rank != len(shape) or spec.batch_axis != first.batch_axis:
            expected = f"{len(shape)} axes, as in {shape_text(shape)}"
            raise Refusal("wants as many axes on each wire", f"{spec}", expected, port, _spread(first, spec))
        if not all(map(_stretches, shape, spec.shape)):
            title = f"cannot {verb} {shape_text(shape)} and {spec}"
            remedies = _projection(first, spec) if whole else ()
            raise Refusal(title, f"{spec}", f"{shape_text(shape)}, as on the wires before", port, remedies)
        shape = tuple(map(_stretched, shape, spec.shape))
    return shape


def _spread(first: TensorSpec, spec: TensorSpec) -> tuple[Remedy, ...]:
    """Return the remedy that gives a vector of one number a channel the axes of the map beside it."""
    if spec.rank != 1 or first.rank < 2 or spec.batch_axis or first.batch_axis or spec.shape != first.shape[:1]:
        return ()
    shape = (-1, *(1,) * (first.rank - 1))
    return (Remedy("Spread it over the map", "insert", "Reshape", {"shape": shape}),)


def _stretches(one: Dim, other: Dim) -> bool:
    return one == other or 1 in (one, other) or isinstance(one, Symbolic) or isinstance(other, Symbolic)


def _stretched(one: Dim, other: Dim) -> Dim:
    if isinstance(one, Symbolic) and isinstance(other, int):
        return one if other == 1 else other
    return other if one == 1 else one


def _projection(first: TensorSpec, spec: TensorSpec) -> tuple[Remedy, ...]:
    """Return the layer that turns `spec` into `first`: for maps a shortcut's 1×1 convolution, He et al. 2015."""
    if spec.rank == first.rank == 1 and isinstance(first.shape[0], int) and spec.dtype == first.dtype == "float32":
        features = first.shape[0]
        return (Remedy(f"Insert a Linear with {features} outputs", "insert", "Linear", {"out_features": features}),)
    if spec.rank != first.rank or not 2 <= spec.rank <= 4 or "map" not in (spec.kind, first.kind) or not is_real(spec):
        return ()
    wanted = [length for length in first.shape if isinstance(length, int)]
    given = [length for length in spec.shape if isinstance(length, int)]
    if len(wanted) != first.rank or len(given) != first.rank:
        return ()
    strides = tuple(-(-here // there) for here, there in zip(given[1:], wanted[1:], strict=True))
    if [(here - 1) // stride + 1 for here, stride in zip(given[1:], strides, strict=True)] != wanted[1:]:
        return ()
    words = f", stride {shape_text(strides)}" if max(strides) > 1 else ""
    chosen = {"out_channels": wanted[0], "kernel_size": (1,) * len(strides), "stride": strides}
    return (Remedy(f"Insert a 1×1 convolution{words}", "insert", f"Conv{len(strides)}d", chosen),)
