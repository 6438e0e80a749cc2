"""What travels on a wire: the shape, type and kind of a tensor, its batch axis left out."""

from dataclasses import dataclass

from graphs.dimensions import Dim, Symbolic, product, symbol

# Bytes an element, by torch's name of the type.
DTYPES = {"float32": 4, "float64": 8, "float16": 2, "bfloat16": 2, "int64": 8, "int32": 4, "uint8": 1, "bool": 1}
KINDS = ("map", "vector", "sequence", "index", "mask", "state", "unknown")


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """The shape without the batch axis, the type, and the kind that colours the wire.

    kind: `map` (C, ...), channels first; `vector` (F); `sequence` (T, F) or any shape whose last axis holds the
    features; `index`, whole numbers; `mask`, booleans; `state`, of a recurrent layer. Left empty, it follows from
    type and rank. `batch_axis` is where torch puts the batch: 0, but 1 in a recurrent layer's state.
    """

    shape: tuple[Dim, ...]
    dtype: str = "float32"
    kind: str = ""
    batch_axis: int = 0

    def __post_init__(self) -> None:
        assert self.dtype in DTYPES, self.dtype
        if not self.kind:
            object.__setattr__(self, "kind", natural_kind(len(self.shape), self.dtype))

    @property
    def rank(self) -> int:
        """The number of axes, the batch axis not counted."""
        return len(self.shape)

    @property
    def elements(self) -> Dim:
        """The numbers in one sample."""
        return product(self.shape)

    @property
    def bytes(self) -> Dim:
        """The memory of one sample, in bytes."""
        return self.elements * DTYPES[self.dtype]

    @property
    def known(self) -> bool:
        """Whether every axis is a number."""
        return not any(isinstance(length, Symbolic) for length in self.shape)

    def reshaped(self, *shape: Dim, kind: str | None = None) -> "TensorSpec":
        """Return the spec of another shape: of the same kind, if `kind` is None; of the natural one, if empty."""
        return TensorSpec(tuple(shape), self.dtype, self.kind if kind is None else kind, self.batch_axis)

    def __str__(self) -> str:
        return shape_text(self.shape)


def natural_kind(rank: int, dtype: str) -> str:
    """Return the kind that a tensor of this rank (without batch) and type most probably is."""
    if dtype == "bool":
        return "mask"
    if dtype.startswith(("int", "uint")):
        return "index"
    return {0: "vector", 1: "vector", 2: "sequence"}.get(rank, "map")


def shape_text(shape: tuple[Dim, ...]) -> str:
    """Return `16×32×32`; a single number for a vector, `scalar` for none."""
    return "×".join(_length_text(length) for length in shape) if shape else "scalar"


def _length_text(length: Dim) -> str:
    text = str(length)
    return f"({text})" if any(sign in text for sign in "+-*") and not text.startswith("(") else text


def from_sizes(sizes: tuple[int | str, ...], dtype: str = "float32", kind: str = "") -> TensorSpec:
    """Return the spec of `sizes`, where a name stands for a length not known yet."""
    return TensorSpec(tuple(symbol(s) if isinstance(s, str) else s for s in sizes), dtype, kind)
