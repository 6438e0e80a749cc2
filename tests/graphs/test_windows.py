"""Every small window against torch, one by one: what chance rarely draws, such as a last window beyond the end."""

from itertools import product
from typing import Any

import pytest
import torch

from graphs import catalogue
from graphs.dimensions import evaluate, symbol
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec
from tests.graphs.layer_cases import Case
from tests.graphs.layer_oracle import resolve


def length(name: str, size: Any, **parameters: Any) -> Any:
    """The length that comes out of a layer over a signal of one channel, None where it refuses."""
    spec = catalogue.get(name)
    try:
        call: Call = resolve(spec, Case(spec.complete(parameters), {"input": (TensorSpec((1, size)),)}))
    except Refusal:
        return None
    return call.output.shape[-1]


def judged(name: str, size: int, **parameters: Any) -> int | None:
    """The length that torch gives, None where it raises or nothing is left."""
    sizes = {} if "Pool" in name else {"in_channels": 1, "out_channels": 1}
    try:
        made = getattr(torch.nn, name)(**sizes, **parameters)(torch.zeros(1, 1, size))
    except (RuntimeError, ValueError):
        return None
    return int(made.shape[-1]) or None


POOLS = [
    {"size": size, "kernel_size": kernel, "stride": stride, "padding": padding, "ceil_mode": ceil}
    for size, kernel, stride, ceil in product(range(1, 8), range(1, 5), range(1, 5), (False, True))
    for padding in range(kernel // 2 + 2)
]
CONVOLUTIONS = [
    {"size": size, "kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    for size, kernel, stride, dilation in product((1, 2, 3, 6), range(1, 4), range(1, 4), (1, 2, 3))
    for padding in (0, 1, 2, "same")
]
TRANSPOSES = [
    {
        "size": size,
        "kernel_size": kernel,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "output_padding": added,
    }
    for size, kernel, stride, dilation in product((1, 2, 4), range(1, 4), range(1, 4), (1, 2))
    for padding, added in product((0, 1), (0, 1, 2))
]
PADDED = [
    {"size": size, "kernel_size": 3, "padding": padding, "padding_mode": mode}
    for size, padding, mode in product(range(1, 5), range(5), ("reflect", "replicate", "circular"))
]


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize(
    ("name", "windows"),
    [
        ("MaxPool1d", POOLS + [{**row, "dilation": 2} for row in POOLS]),
        ("AvgPool1d", POOLS),
        ("Conv1d", CONVOLUTIONS + PADDED),
        ("ConvTranspose1d", TRANSPOSES),
    ],
)
def test_every_small_window_stands_where_torch_puts_it(name: str, windows: list[dict[str, Any]]) -> None:
    answers = [(window, length(name, **window), judged(name, **window)) for window in windows]
    wrong = [answer for answer in answers if answer[1] != answer[2]]
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("ceil", [False, True])
def test_windows_behind_windows_are_reckoned_in_symbols_as_in_numbers(ceil: bool) -> None:
    for first, second in product(range(1, 5), repeat=2):
        inner = length("MaxPool1d", symbol("T"), kernel_size=first, padding=first // 2, ceil_mode=ceil)
        outer = length("AvgPool1d", inner, kernel_size=second, ceil_mode=ceil)
        for size in range(16, 32):
            number = length("MaxPool1d", size, kernel_size=first, padding=first // 2, ceil_mode=ceil)
            assert evaluate(outer, {"T": size}) == length("AvgPool1d", number, kernel_size=second, ceil_mode=ceil)
