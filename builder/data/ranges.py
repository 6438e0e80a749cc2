"""Whether whole numbers in the data stay within what takes them: the rows of an Embedding, the classes of an output."""

from builder.data.assign import count_classes
from builder.data.ends import End
from builder.data.table import NUMBER, Column
from graphs.edits import SetParameters
from graphs.network import Network
from graphs.problems import Fix


def embedding_misfit(network: Network, name: str, end: End, column: Column) -> tuple[str, str, Fix] | None:
    """Return (came, expected, fix) where an Embedding that an input feeds directly has no row for a number of a column.

    Categories go in as their places in a list. `name` is the network's name.
    """
    low, high = (0, count_classes(column) - 1) if column.scalar and column.kind != NUMBER else whole_range(column)
    for wire in network.wires_from(end.node):
        rows = network.parameters(wire.target).get("num_embeddings")
        if network.kind(wire.target) == "Embedding" and isinstance(rows, int) and (low < 0 or high >= rows):
            fix = Fix(
                f"Give {network.name(wire.target)} {high + 1:,} rows",
                SetParameters(name, wire.target, {"num_embeddings": high + 1}),
            )
            return f"{low:,} to {high:,} ({column.name})", f"0 to {rows - 1:,} of {network.name(wire.target)}", fix
    return None


def whole_range(column: Column) -> tuple[int, int]:
    """Return the least and the greatest number of a column of whole numbers without gaps; 0 and 0 of an empty one."""
    return (int(column.values.min()), int(column.values.max())) if column.values.size else (0, 0)
