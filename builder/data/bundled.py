"""Sources that come with scikit-learn: small real data sets that need no download."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from builder.data.sources import SOURCES, Reader, SourceSpec
from builder.data.table import IMAGE, LABEL, NUMBER, TARGET, Array, Column, Table
from graphs.parameters import Integer, Value

DARKEST = 16  # the digits count the inked pixels of 4x4 cells


def _load(name: str) -> Any:
    # Loading scikit-learn takes about a second, so it waits until somebody wants its data.
    from sklearn import datasets

    return getattr(datasets, f"load_{name}")()


def _read_digits(values: Mapping[str, Value], folder: Path) -> Table:
    bunch = _load("digits")
    images = _enlarged((bunch.images[:, np.newaxis] / DARKEST).astype(np.float32), values["size"])
    names = tuple(str(name) for name in bunch.target_names)
    return Table("Handwritten digits", (Column("image", IMAGE, images), _labels("digit", bunch.target, names)))


def _enlarged(images: Array, size: int) -> Array:
    """Return square pictures (N, C, S, S) in another size, each pixel mixed of the nearest by bilinear weights."""
    old = images.shape[-1]
    if size == old:
        return images
    places = np.clip((np.arange(size) + 0.5) * old / size - 0.5, 0, old - 1)  # centres of the new pixels in the old
    weights = np.maximum(0, 1 - np.abs(places[:, np.newaxis] - np.arange(old))).astype(np.float32)
    return np.ascontiguousarray(weights @ images @ weights.T)


def _labels(name: str, codes: Array, classes: tuple[str, ...]) -> Column:
    return Column(name, LABEL, codes.astype(np.int64), classes, role=TARGET)


def _table(name: str, title: str, target: str) -> Reader:
    def read(values: Mapping[str, Value], folder: Path) -> Table:
        bunch = _load(name)
        features = [_feature(str(text)) for text in bunch.feature_names]
        columns = [Column(text, NUMBER, bunch.data[:, place].astype(np.float64)) for place, text in enumerate(features)]
        if "target_names" in bunch:
            columns.append(_labels(target, bunch.target, tuple(str(text) for text in bunch.target_names)))
        else:
            columns.append(Column(target, NUMBER, bunch.target.astype(np.float64), role=TARGET))
        return Table(title, tuple(columns))

    return read


def _feature(name: str) -> str:
    return name.replace("/", "_per_").replace(" (cm)", "").replace(" ", "_")


SOURCES.add(
    SourceSpec(
        name="digits",
        title="Handwritten digits",
        summary="1,797 grey pictures of 8x8 pixels, 0 to 1, of the ten digits.",
        parameters=(
            Integer(name="size", default=8, low=8, high=64, unit="pixels", doc="Height and width; enlarged from 8."),
        ),
        read=_read_digits,
    )
)

_TABLES = MappingProxyType(
    {
        "iris": ("Iris", "species", "150 flowers: 4 measures of petals and sepals, 3 species."),
        "wine": ("Wine", "cultivar", "178 wines: 13 chemical measures, 3 cultivars."),
        "breast_cancer": (
            "Breast cancer",
            "diagnosis",
            "569 tumours: 30 measures of cell nuclei, benign or malignant.",
        ),
        "diabetes": ("Diabetes", "progression", "442 patients: 10 measures, and how far the disease went in a year."),
    }
)

for _name, (_title, _target, _summary) in _TABLES.items():
    SOURCES.add(SourceSpec(name=_name, title=_title, summary=_summary, read=_table(_name, _title, _target)))
