"""Compares a picture with the approved one, forgiving what another version of the font rasteriser does to edges."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

APPROVED = Path(__file__).parent.parent / "approved"
NEW = "NETWRIGHT_NEW_PICTURES"
"""Environment variable: a folder into which pictures are written for review instead of being compared."""

_SEEN = 24.0
"""Difference of a channel, of 255, after smoothing over 3x3 pixels, from which a pixel counts as another one."""
MOST_MEAN = 1.0
MOST_SHARE = 0.0002


@dataclass(frozen=True)
class Difference:
    """mean: absolute difference over all channels, of 255. share: of the pixels that look different."""

    mean: float
    share: float

    @property
    def small(self) -> bool:
        """Whether both are within what font rasterisation explains."""
        return self.mean <= MOST_MEAN and self.share <= MOST_SHARE


def difference(one: QImage, other: QImage) -> Difference:
    """Compare two pictures; those of different sizes have nothing in common."""
    if one.size() != other.size():
        return Difference(255.0, 1.0)
    apart = np.abs(_pixels(one) - _pixels(other))
    return Difference(float(apart.mean()), float(differing(one, other).mean()))


def differing(one: QImage, other: QImage) -> npt.NDArray[np.bool_]:
    """Tell which pixels of two pictures of one size look different."""
    apart = np.abs(_smooth(_pixels(one)) - _smooth(_pixels(other))).max(axis=2)
    return np.asarray(apart > _SEEN, np.bool_)


def check(image: QImage, name: str) -> None:
    """Fail unless a picture is as approved; with NEW set, write it there and fail nothing."""
    folder = os.environ.get(NEW)
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert image.convertToFormat(QImage.Format.Format_RGB888).save(str(Path(folder) / f"{name}.png"))
        return
    approved = QImage(str(APPROVED / f"{name}.png"))
    assert not approved.isNull(), f"There is no approved picture {name}. Write one with {NEW}={APPROVED}."
    found = difference(image, approved)
    advice = f"Write new pictures with {NEW}=FOLDER, look at them, and copy them to {APPROVED}."
    assert found.small, f"{name} is drawn differently: {found}. {advice}"


def _pixels(image: QImage) -> npt.NDArray[np.float32]:
    """Return the pixels as height x width x 3, 0 to 255."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).astype(np.float32)


def _smooth(pixels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the mean over 3x3 pixels: moves of an edge by part of a pixel vanish, changes of shape and colour stay."""
    padded = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    down = padded[:-2] + padded[1:-1] + padded[2:]
    return np.asarray((down[:, :-2] + down[:, 1:-1] + down[:, 2:]) / 9.0, np.float32)
