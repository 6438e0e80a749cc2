"""Fits the preparation of bound columns to the training rows alone, so that no other row tells on itself."""

import warnings
from collections.abc import Mapping

import numpy as np

from builder.data.assign import Bound
from builder.data.binding import Binding
from builder.data.choices import MEDIAN, MINMAX, MOST_FREQUENT, NONE
from builder.data.encoders import (
    ArrayEncoder,
    CategoryEncoder,
    ClassEncoder,
    Encoder,
    IndexEncoder,
    NumberEncoder,
    places,
)
from builder.data.ends import BINARY, CLASS
from builder.data.fits import data_shape, fitted
from builder.data.preparation import Feed, Preparation
from builder.data.splits import Rows
from builder.data.table import IMAGE, NUMBER, Array, Column, Table, as_labels
from graphs.errors import UserError
from graphs.parameters import Value


def fit(table: Table, binding: Binding, rows: Rows, choices: Mapping[str, Value]) -> Preparation:
    """Return the preparation of a binding without errors, as `rows` of the table, the training rows, ask for it.

    choices: the complete data choices (`builder.data.choices.DATA`).
    """
    inputs = tuple(_input(table, bound, binding.index, rows, choices) for bound in binding.inputs)
    targets = tuple(_target(table, bound, rows, choices["target_scale"]) for bound in binding.targets)
    return Preparation(inputs, targets, dict(binding.copies))


def _input(table: Table, bound: Bound, index: bool, rows: Rows, choices: Mapping[str, Value]) -> Feed:
    end, columns = bound.end, [table[name] for name in bound.columns]
    encoders = tuple(_encoder(column, end.whole, index or end.whole, rows, choices) for column in columns)
    shape = data_shape(columns, index or end.whole)
    spec = end.spec
    wanted = None if spec is None else fitted(shape, spec.shape)
    return Feed(end.name, encoders, shape if wanted is None else wanted, "float32" if spec is None else spec.dtype)


def _encoder(column: Column, whole: bool, index: bool, rows: Rows, choices: Mapping[str, Value]) -> Encoder:
    if not column.scalar or (whole and column.kind == NUMBER):
        if whole:
            return IndexEncoder(column.name, column.values.shape[1:])
        return _array(column, rows, choices["scale"])
    if column.kind == NUMBER:
        return _number(column, rows, choices["scale"], choices["missing"])
    return _category(column, rows, index)


def _target(table: Table, bound: Bound, rows: Rows, scale: str) -> Feed:
    end, columns = bound.end, [table[name] for name in bound.columns]
    if not columns[0].scalar:
        column, shape = columns[0], columns[0].values.shape[1:]
        if end.wants == CLASS:
            wanted = None if end.spec is None else fitted(shape, end.spec.shape[1:])
            return Feed(end.name, (IndexEncoder(column.name, shape),), shape if wanted is None else wanted, "int64")
        return Feed(end.name, (_array(column, rows, NONE if end.wants == BINARY else scale, whole=True),), shape)
    if end.wants == CLASS:
        return Feed(end.name, (ClassEncoder(columns[0].name, as_labels(columns[0]).classes),), (), "int64")
    if end.wants == BINARY:
        encoders = [_category(column, rows, index=True) for column in columns]
        return Feed(end.name, tuple(encoders), (len(encoders),))
    return Feed(end.name, tuple(_number(c, rows, scale) for c in columns), (len(columns),))


def _number(column: Column, rows: Rows, scale: str, missing: str = "") -> NumberEncoder:
    values = column.values[rows]
    values = values[~np.isnan(values)]
    if not len(values):  # nothing to learn from: every cell becomes 0
        return NumberEncoder(column.name)
    shift, spread = _scaling(values, scale)
    if not np.isfinite(shift + spread) or np.abs(values / spread).max() > np.finfo(np.float32).max:
        raise UserError(f"{column.name}: its numbers are too far apart, up to {np.abs(values).max():.3g}; take logs.")
    return NumberEncoder(column.name, _filling(values, missing), float(shift), float(spread))


def _filling(values: Array, missing: str) -> float:
    if missing == MEDIAN:
        return float(np.median(values))
    if missing == MOST_FREQUENT:
        distinct, counts = np.unique(values, return_counts=True)
        return float(distinct[counts.argmax()])
    return float(values.mean())


def _scaling(values: Array, scale: str, axis: tuple[int, ...] | None = None) -> tuple[Array, Array]:
    """Return what to take off and what to divide by, over `axis`; a constant is divided by 1."""
    if scale == NONE:
        return np.zeros(()), np.ones(())
    with warnings.catch_warnings():  # a column without a number gives NaN, which becomes 0 below
        warnings.simplefilter("ignore", RuntimeWarning)
        if scale == MINMAX:
            shift = np.nanmin(values, axis=axis)
            spread = np.nanmax(values, axis=axis) - shift
        else:
            shift, spread = np.nanmean(values, axis=axis), np.nanstd(values, axis=axis)
    shift = np.nan_to_num(shift)
    # Sums of equal numbers are not always exactly equal: a spread within rounding of nothing is nothing.
    flat = ~(spread > 1e-7 * np.maximum(np.abs(shift), 1e-30))
    return shift, np.where(flat, 1.0, spread)


def _array(column: Column, rows: Rows, scale: str, whole: bool = False) -> ArrayEncoder:
    """Fit an array: a number for each channel of an image or each feature (the last axis) of anything else.

    `whole` takes one number for all, so that results have one unit.
    """
    values, shape = column.values[rows], column.values.shape[1:]
    axis = 0 if column.kind == IMAGE else len(shape) - 1
    rest = None if whole else tuple(place for place in range(values.ndim) if place != axis + 1)
    shift, spread = _scaling(values.astype(np.float64), scale, rest)
    return ArrayEncoder(column.name, shape, tuple(np.ravel(shift).tolist()), tuple(np.ravel(spread).tolist()), axis)


def _category(column: Column, rows: Rows, index: bool) -> CategoryEncoder:
    """Fit a category. The list is the whole table's, so that the network's width does not hang on the split."""
    classes = as_labels(column).classes
    codes = places(column.take(rows), classes)
    counts = np.bincount(codes[codes >= 0], minlength=len(classes))
    return CategoryEncoder(column.name, classes, tuple((counts > 0).tolist()), int(counts.argmax()), index)
