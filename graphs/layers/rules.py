"""Shape, weight and cost rules that several families of layers share."""

from graphs.dimensions import Dim, Symbolic
from graphs.parameters import Sized
from graphs.spec import Call, Refusal, Remedy
from graphs.tensors import DTYPES, TensorSpec

INSERT_FLATTEN = Remedy("Insert Flatten", "insert", "Flatten")
INSERT_EMBEDDING = Remedy("Insert Embedding", "insert", "Embedding")
FEATURES_LAST = Remedy("Put features last", "insert", "Permute", {"dims": (0, 2, 1)})
CHANNELS_FIRST = Remedy("Put channels first", "insert", "Permute", {"dims": (0, 2, 1)})
MAPS = {1: "a signal, channels × length", 2: "an image, channels × height × width", 3: "a volume, channels × 3 axes"}


def same(call: Call) -> TensorSpec:
    """Return the incoming spec: the layer keeps the shape."""
    return call.input


def same_numbers(call: Call) -> TensorSpec:
    """Return the incoming spec of a layer that keeps the shape and computes with real numbers."""
    return real_numbers(call)


def real_numbers(call: Call, port: str = "") -> TensorSpec:
    """Return the spec on `port` (the first, if empty). Raises Refusal when it holds indices or truth values."""
    name = port or call.spec.inputs[0].name
    spec = call.inputs[name][0]
    if not is_real(spec):
        remedies = (INSERT_EMBEDDING,) if spec.dtype.startswith("int") else ()
        raise Refusal("wants real numbers", f"{spec} of {number_text(spec)}", "float32", name, remedies)
    return spec


def is_real(spec: TensorSpec) -> bool:
    """Tell whether the tensor holds floating-point numbers."""
    return "float" in spec.dtype


def number_text(spec: TensorSpec) -> str:
    """Return the words for what the tensor holds."""
    if is_real(spec):
        return "real numbers"
    return "true or false" if spec.dtype == "bool" else "whole numbers"


def samples_first(call: Call, port: str = "") -> TensorSpec:
    """Return the spec on `port`. Raises Refusal for a recurrent state, whose first axis counts layers."""
    name = port or call.spec.inputs[0].name
    spec = call.inputs[name][0]
    if spec.batch_axis:
        remedy = Remedy("Take the last layer's state", "insert", "Select", {"dim": 0, "index": -1})
        raise Refusal("wants samples first", f"a state {spec}, layers first", "one layer of it", name, (remedy,))
    return spec


def map_of(call: Call, rank: int, port: str = "input") -> TensorSpec:
    """Return the spec of a map with `rank` axes after its channels. Raises Refusal for anything else."""
    spec = real_numbers(call, port)
    samples_first(call, port)
    if spec.rank != rank + 1:
        raise Refusal(f"wants {MAPS[rank]}", f"{spec}", f"{rank + 1} axes", port, _map_remedies(spec, rank))
    return spec


def _map_remedies(spec: TensorSpec, rank: int) -> tuple[Remedy, ...]:
    if spec.rank == rank and spec.rank > 0:
        return (Remedy("Insert Unsqueeze, for one channel", "insert", "Unsqueeze", {"dim": 1}),)
    if spec.rank > rank + 1:
        return (Remedy("Insert Flatten over the last axes", "insert", "Flatten", {"start_dim": rank + 1}),)
    return ()


def sequence_of(call: Call, port: str = "input") -> TensorSpec:
    """Return the spec of a sequence (steps, features). Raises Refusal for anything else, channels first included."""
    spec = real_numbers(call, port)
    samples_first(call, port)
    if spec.rank != 2:
        raise Refusal("wants a sequence, steps × features", f"{spec}", "2 axes", port, _sequence_remedies(spec))
    if spec.kind == "map":
        raise Refusal("wants features last", f"{spec}, channels first", "steps × features", port, (FEATURES_LAST,))
    return spec


def _sequence_remedies(spec: TensorSpec) -> tuple[Remedy, ...]:
    if spec.rank == 1:
        return (Remedy("Read each number as a step", "insert", "Unsqueeze", {"dim": 2}),)
    if spec.rank == 3:
        return (Remedy("Read rows as steps", "insert", "Flatten", {"start_dim": 1, "end_dim": 2}),)
    return ()


def known(length: Dim, what: str, port: str = "", remedies: tuple[Remedy, ...] = ()) -> int:
    """Return a length that a weight's shape needs as a number. Raises Refusal while it is only a symbol."""
    if isinstance(length, Symbolic):
        raise Refusal(f"needs a fixed number of {what}", f"{length}, which is not known", "a number", port, remedies)
    return length


def sized(name: str, axis: int, what: str, port: str = "input") -> Sized:
    """Declare a constructor argument that is the length of one `axis` of the spec on `port`."""

    def read(call: Call) -> int:
        spec = real_numbers(call, port)
        if spec.rank <= (axis if axis >= 0 else -axis - 1):
            raise Refusal(f"wants an axis of {what}", f"{spec}", f"at least {abs(axis)} axes", port)
        return known(spec.shape[axis], what, port)

    return Sized(name=name, read=read)


def channels(name: str, rank: int) -> Sized:
    """Declare a constructor argument that is the number of channels of a map with `rank` more axes."""

    def read(call: Call) -> int:
        spec = map_of(call, rank)
        return known(spec.shape[0], "channels", "input", (CHANNELS_FIRST,) if rank == 1 else ())

    return Sized(name=name, read=read)


def place(spec: TensorSpec, dim: int, name: str = "dim", port: str = "input") -> int:
    """Return the place in `spec.shape` of torch's axis `dim`, which counts the samples and may be negative.

    Raises Refusal for an axis that is not there, and for the axis of samples: layers never mix samples.
    """
    full = spec.rank + 1
    if not -full <= dim < full:
        raise Refusal(f"has no axis {dim} to work on", f"{spec}", f"{name} {axes_text(spec)}", port)
    at = dim % full
    if at == spec.batch_axis:
        raise Refusal("must not mix samples", f"{name} {dim}, the axis of samples", f"{name} {axes_text(spec)}", port)
    return at - (at > spec.batch_axis)


def axes_text(spec: TensorSpec) -> str:
    """Return the numbers of the axes that a layer may work on, in words."""
    axes = [str(axis) for axis in range(spec.rank + 1) if axis != spec.batch_axis]
    return " or ".join(axes) if axes else "of an axis besides the samples"


def without(spec: TensorSpec, places: set[int]) -> TensorSpec:
    """Return the spec with the axes at `places` of its shape gone; its kind is the natural one."""
    kept = tuple(length for at, length in enumerate(spec.shape) if at not in places)
    before = sum(at < spec.batch_axis for at in places)
    return TensorSpec(kept, spec.dtype, batch_axis=spec.batch_axis - before)


def promoted(specs: tuple[TensorSpec, ...]) -> str:
    """Return the type that torch gives to a result over tensors of these types."""
    order = ("bool", "uint8", "int32", "int64", "float16", "bfloat16", "float32", "float64")
    assert set(order) == set(DTYPES)
    types = {spec.dtype for spec in specs}
    return "float32" if {"float16", "bfloat16"} <= types else max(types, key=order.index)


def differ(one: Dim, other: Dim) -> bool:
    """Tell whether two lengths are certain to be different."""
    return one != other and isinstance(one, int) and isinstance(other, int)


def nearest_divisor(number: int, wanted: int) -> int:
    """Return the divisor of `number` nearest to `wanted`, the larger of two."""
    divisors = [d for d in range(1, number + 1) if number % d == 0] if number <= 65_536 else [1]
    return min(divisors, key=lambda divisor: (abs(divisor - wanted), -divisor))
