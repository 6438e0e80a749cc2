"""Batches of a part of the data, in an order that is a function of seed and epoch and keeps no state."""

from collections.abc import Iterator, Mapping

import numpy as np
import torch
from torch import Tensor

from builder.data.splits import Rows
from builder.data.tensors import Part


def order(rows: int, seed: int, epoch: int) -> Rows:
    """Return the order of `rows` rows in an epoch: the same for the same seed and epoch, on any device."""
    return np.random.default_rng((seed, epoch)).permutation(rows)


def count(rows: int, batch_size: int, drop_single: bool = False) -> int:
    """Return the number of batches in an epoch, as `batches` gives them."""
    whole, rest = divmod(rows, batch_size)
    return whole + (rest > 0 and not (drop_single and rest == 1 and whole > 0))


def batches(
    part: Part,
    batch_size: int,
    seed: int | None = None,
    epoch: int = 0,
    start: int = 0,
    drop_single: bool = False,
) -> Iterator[tuple[tuple[Tensor, ...], Mapping[str, Tensor]]]:
    """Yield (inputs, targets) of each batch from number `start` on, on the part's device.

    Without a seed rows come in their own order, for evaluation. The last batch is short where the rows do not come
    out even; with `drop_single` it is left out when it is a single row, of which batch normalization can tell no
    spread.
    """
    home = _home(part)
    rows = None if seed is None else torch.from_numpy(order(len(part), seed, epoch)).to(home)
    for number in range(start, count(len(part), batch_size, drop_single)):
        place = slice(number * batch_size, (number + 1) * batch_size)
        taken = {id(t): _take(t, rows, place, part.device) for t in (*part.inputs, *part.targets.values())}
        inputs = tuple(taken[id(tensor)] for tensor in part.inputs)
        yield inputs, {name: taken[id(tensor)] for name, tensor in part.targets.items()}


def _home(part: Part) -> torch.device:
    return part.inputs[0].device if part.inputs else part.device


def _take(tensor: Tensor, rows: Tensor | None, place: slice, device: torch.device) -> Tensor:
    taken = tensor[place] if rows is None else tensor.index_select(0, rows[place])
    return taken if taken.device == device else taken.to(device, non_blocking=True)
