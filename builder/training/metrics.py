"""Metrics as sums on the device: updated every batch without waiting for it, read once an epoch.

Each family keeps the sufficient statistics of its metrics: one confusion matrix serves accuracy and F1.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from graphs.dimensions import Dim

MOST_WAITING = 2**18
"""Numbers of outputs that may wait on a device to be brought over together."""


class Statistic(ABC):
    """Sums over the batches of an epoch, from which a family of metrics is read."""

    def __init__(self) -> None:
        self.sums: Tensor

    @abstractmethod
    def update(self, output: Tensor, target: Tensor) -> None:
        """Count one batch in; nothing here may wait for the device."""

    @abstractmethod
    def read(self) -> dict[str, float]:
        """Return the metrics by name. Waits for the device."""

    def settle(self) -> None:  # noqa: B027  # most have nothing that waits
        """Count in what was put off, so that `sums` is whole. May wait for the device."""

    def reset(self) -> None:
        """Begin a new epoch."""
        self.sums.zero_()


class Confusion(Statistic):
    """Counts of (true class, predicted class); output (N, K, ...) of logits, target (N, ...) of class numbers."""

    def __init__(self, classes: int, device: str) -> None:
        super().__init__()
        self.classes = classes
        self.sums = torch.zeros(classes * classes, dtype=torch.int64, device=device)

    def update(self, output: Tensor, target: Tensor) -> None:
        self._count(output.argmax(1), target)

    def _count(self, predicted: Tensor, target: Tensor) -> None:
        places = target.reshape(-1) * self.classes + predicted.reshape(-1)
        # Not bincount: on a GPU that looks for the largest place first, and waits.
        self.sums.index_add_(0, places, torch.ones_like(places))

    @property
    def matrix(self) -> list[list[int]]:
        """Rows are true classes, columns predicted ones."""
        rows: list[list[int]] = self.sums.view(self.classes, self.classes).tolist()
        return rows

    def read(self) -> dict[str, float]:
        counts = self.sums.cpu().view(self.classes, self.classes).double()  # brought over first: mps has no float64
        right, true, predicted = counts.diagonal(), counts.sum(1), counts.sum(0)
        seen = (true + predicted) > 0
        f1 = (2 * right / (true + predicted).clamp(min=1))[seen]
        total = float(counts.sum())
        return {
            "accuracy": float(right.sum()) / total if total else 0.0,
            "f1": float(f1.mean()) if total else 0.0,
        }


class BinaryConfusion(Confusion):
    """Counts for one logit a sample: output (N, 1) or (N), target of 0 and 1 in the same shape."""

    def __init__(self, classes: int, device: str) -> None:
        super().__init__(2, device)

    def update(self, output: Tensor, target: Tensor) -> None:
        self._count((output > 0).long(), target.long())


class Errors(Statistic):
    """Sums of errors; `scale` is what one unit of the target stands for in the user's own units.

    They need float64, which mps has not: batches wait there until they are many, and are counted on the processor.
    """

    def __init__(self, classes: int, device: str, scale: float = 1.0) -> None:
        super().__init__()
        self.scale = scale
        self._most_waiting = MOST_WAITING if device == "mps" else 0
        self._waiting: list[tuple[Tensor, Tensor]] = []
        self.sums = torch.zeros(5, dtype=torch.float64, device="cpu" if device == "mps" else device)

    def update(self, output: Tensor, target: Tensor) -> None:
        self._waiting.append((output.detach(), target))
        if sum(out.numel() for out, _ in self._waiting) > self._most_waiting:
            self.settle()

    def settle(self) -> None:
        for output, target in self._waiting:
            out, true = output.to(self.sums.device).double(), target.to(self.sums.device).double()
            error, one = out - true, torch.ones_like(true)
            batch = (error.abs().sum(), error.square().sum(), true.sum(), true.square().sum(), one.sum())
            self.sums += torch.stack(batch)
        self._waiting.clear()

    def reset(self) -> None:
        self._waiting.clear()
        super().reset()

    def read(self) -> dict[str, float]:
        self.settle()
        absolute, squared, total, squares, count = self.sums.tolist()
        if not count:
            return {"mae": 0.0, "rmse": 0.0, "r2": 0.0}
        spread = squares - total * total / count
        return {
            "mae": absolute / count * self.scale,
            "rmse": (squared / count) ** 0.5 * self.scale,
            "r2": 1 - squared / spread if spread > 0 else 0.0,
        }


# Which statistic the metrics of an output come from, by the kind of its target; (classes, device) make one.
STATISTICS: Mapping[str, Callable[[int, str], Statistic]] = {
    "class": Confusion,
    "binary": BinaryConfusion,
    "number": Errors,
    "input": Errors,
}


class Losses:
    """The losses of an epoch: held on the device in a bounded list, brought over many at a time."""

    def __init__(self) -> None:
        self._pending: list[Tensor] = []
        self._counts: list[int] = []
        self.total = 0.0
        self.count = 0

    def add(self, loss: Tensor, samples: int) -> None:
        """Keep the mean `loss` of a batch; nothing here waits for the device."""
        self._pending.append(loss.detach())
        self._counts.append(samples)

    def __len__(self) -> int:
        return len(self._pending)

    def bring(self) -> list[float]:
        """Return the losses added since the last call, and count them in. Waits for the device."""
        if not self._pending:
            return []
        values: list[float] = torch.stack(self._pending).tolist()
        # One by one: the sum's last bits must not depend on how many were brought at a time.
        for value, samples in zip(values, self._counts, strict=True):
            self.total += value * samples
        self.count += sum(self._counts)
        self._pending.clear()
        self._counts.clear()
        return values

    def mean(self) -> float:
        """Return the mean over the samples of the epoch; not a number before the first batch."""
        self.bring()
        return self.total / self.count if self.count else float("nan")

    def reset(self) -> None:
        """Begin a new epoch."""
        self._pending.clear()
        self._counts.clear()
        self.total, self.count = 0.0, 0


def classes_of(channels: Dim) -> int:
    """Return the number of classes that an output's first axis stands for."""
    assert isinstance(channels, int), "a network whose classes are not known is refused before training"
    return channels
