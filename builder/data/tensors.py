"""Prepared data as tensors: on the device where it fits, in host memory and moved batch by batch where not."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from builder.data import loading
from builder.data.loading import Loaded
from builder.data.splits import TEST, TRAINING, VALIDATION
from builder.data.table import Array
from graphs.project import MAIN, Project

# Of the device's free memory, what data may take; the rest is for weights, gradients and activations.
RESIDENT_SHARE = 0.25


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """The rows of one part of a split.

    inputs: (N, ...) each, in the order in which the network takes them. targets: (N, ...) by output name; that of an
    output that gives an input back is that very tensor. device: where batches are wanted, which may be elsewhere.
    """

    inputs: tuple[Tensor, ...]
    targets: Mapping[str, Tensor]
    device: torch.device
    rows: int

    def __len__(self) -> int:
        return self.rows


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """A project's data for one network.

    classes: names of the classes by output, for those that have some. scales: by output, what one unit of the target
    stands for in the data. preparation: JSON text (`builder.data.preparation.loads`). notes: what was left out.
    fingerprint: of all numbers in it.
    """

    training: Part
    validation: Part
    test: Part
    classes: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, float]
    preparation: str
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


def load(project: Project, folder: Path, device: str | torch.device, network: str = MAIN) -> Dataset:
    """Return a project's data for one of its networks. Raises UserError as `builder.data.loading.load` does."""
    return place(loading.load(project, folder, network), torch.device(device))


def place(loaded: Loaded, device: torch.device) -> Dataset:
    """Return the parts of loaded data as tensors for `device`."""
    device = torch.empty(0, device=device).device  # with its number: a tensor on "cuda" says "cuda:0"
    arrays = {part: loaded.arrays(part) for part in (TRAINING, VALIDATION, TEST)}
    size = sum(a.nbytes for inputs, targets in arrays.values() for a in (*inputs.values(), *targets.values()))
    home = device if size <= _room(device) else torch.device("cpu")
    parts = {p: _part(i, t, loaded, home, device, len(loaded.split[p])) for p, (i, t) in arrays.items()}
    targets = loaded.preparation.targets
    return Dataset(
        parts[TRAINING],
        parts[VALIDATION],
        parts[TEST],
        classes={feed.name: feed.classes for feed in targets if feed.classes},
        scales={feed.name: feed.scale for feed in targets},
        preparation=loaded.preparation.dumps(),
        notes=(*loaded.table.notes, *loaded.notes),
        fingerprint=_fingerprint(arrays.values()),
    )


def _fingerprint(arrays: Iterable[tuple[Mapping[str, Array], Mapping[str, Array]]]) -> str:
    digest = hashlib.sha256()
    for sides in arrays:
        for name, array in (entry for side in sides for entry in side.items()):
            digest.update(f"{name} {array.shape} {array.dtype} ".encode())
            digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()[:16]


def _part(
    inputs: Mapping[str, Array],
    targets: Mapping[str, Array],
    loaded: Loaded,
    home: torch.device,
    device: torch.device,
    rows: int,
) -> Part:
    tensors = {name: _tensor(array, home, device) for name, array in inputs.items()}
    copies = loaded.preparation.copies or {}
    aims = {n: tensors[copies[n]] if n in copies else _tensor(array, home, device) for n, array in targets.items()}
    return Part(tuple(tensors[feed.name] for feed in loaded.preparation.inputs), aims, device, rows)


def _tensor(array: Array, home: torch.device, device: torch.device) -> Tensor:
    tensor = torch.from_numpy(array)
    if home == device:
        return tensor.to(device)
    return tensor.pin_memory() if device.type == "cuda" else tensor  # pinned memory is copied while the device works


def _room(device: torch.device) -> float:
    """Return the bytes that data may take on a device."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return free * RESIDENT_SHARE
    if device.type == "xpu":
        return torch.xpu.get_device_properties(device).total_memory * RESIDENT_SHARE
    return float("inf")  # cpu, and mps, which shares its memory with it
