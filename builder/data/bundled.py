"""Sources that come with scikit-learn: small real data sets that need no download."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from builder.data import bundled_files
from builder.data.sources import SOURCES, Reader, SourceSpec
from builder.data.table import IMAGE, LABEL, NUMBER, TARGET, Array, Column, Table
from graphs.parameters import Integer, Value

DARKEST = 16  # the digits count the inked pixels of 4x4 cells
SIDE = 8


def _read_digits(values: Mapping[str, Value], folder: Path) -> Table:
    cells = bundled_files.numbers("digits.csv.gz", ",")
    small = cells[:, :-1].reshape(-1, 1, SIDE, SIDE)
    images = _enlarged((small / DARKEST).astype(np.float32), values["size"])
    names = tuple(str(digit) for digit in range(10))
    return Table("Handwritten digits", (Column("image", IMAGE, images), _labels("digit", cells[:, -1], names)))


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


def _classes(title: str, file: str, features: Sequence[str], target: str) -> Reader:
    def read(values: Mapping[str, Value], folder: Path) -> Table:
        held = bundled_files.rows(file)
        return Table(title, (*_numbers(features, held.features), _labels(target, held.target, held.classes)))

    return read


def _read_diabetes(values: Mapping[str, Value], folder: Path) -> Table:
    """Give the measures as scikit-learn does: each column about 0, its squares adding up to 1."""
    raw = bundled_files.numbers("diabetes_data_raw.csv.gz")
    measures = (raw - raw.mean(axis=0)) / raw.std(axis=0) / len(raw) ** 0.5
    progression = Column("progression", NUMBER, bundled_files.numbers("diabetes_target.csv.gz"), role=TARGET)
    return Table("Diabetes", (*_numbers(_PATIENT, measures), progression))


def _numbers(names: Sequence[str], values: Array) -> list[Column]:
    return [Column(name, NUMBER, column.copy()) for name, column in zip(names, values.T, strict=True)]


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

_FLOWER = ("sepal_length", "sepal_width", "petal_length", "petal_width")
_WINE = (
    "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
    "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280_per_od315_of_diluted_wines", "proline",
)  # fmt: skip
_NUCLEUS = (
    "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points", "symmetry",
    "fractal_dimension",
)  # fmt: skip
_NUCLEI = [pattern.format(measure) for pattern in ("mean_{}", "{}_error", "worst_{}") for measure in _NUCLEUS]
_PATIENT = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")


SOURCES.add(
    SourceSpec(
        name="iris",
        title="Iris",
        summary="150 flowers: 4 measures of petals and sepals, 3 species.",
        read=_classes("Iris", "iris.csv", _FLOWER, "species"),
    )
)

SOURCES.add(
    SourceSpec(
        name="wine",
        title="Wine",
        summary="178 wines: 13 chemical measures, 3 cultivars.",
        read=_classes("Wine", "wine_data.csv", _WINE, "cultivar"),
    )
)

SOURCES.add(
    SourceSpec(
        name="breast_cancer",
        title="Breast cancer",
        summary="569 tumours: 30 measures of cell nuclei, benign or malignant.",
        read=_classes("Breast cancer", "breast_cancer.csv", _NUCLEI, "diagnosis"),
    )
)

SOURCES.add(
    SourceSpec(
        name="diabetes",
        title="Diabetes",
        summary="442 patients: 10 measures, and how far the disease went in a year.",
        read=_read_diabetes,
    )
)
