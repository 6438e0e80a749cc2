"""Every declared layer against torch: shapes, types, parameters, cost and refusals, over drawn cases."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from graphs import catalogue
from graphs.dimensions import Dim
from graphs.layers.rules import real_numbers
from graphs.spec import Call, LayerSpec, Refusal, Remedy
from graphs.tensors import TensorSpec
from tests.graphs.layer_cases import Case, cases
from tests.graphs.layer_oracle import check, check_symbols

# Layers that torch knows nothing of: they bring data in, return it, or stand for another network.
OURS = {spec.name for spec in map(catalogue.get, catalogue.names()) if spec.category in ("data", "objective", "block")}
TESTED = [name for name in catalogue.names() if name not in OURS]


def hold(spec: LayerSpec, examples: int, **options: Any) -> int:
    """Hold a declaration against torch in so many drawn cases, and return how many of them it accepts."""
    accepted = 0

    @settings(max_examples=examples, report_multiple_bugs=False, **options)
    @given(cases(spec))
    def agrees(case: Case) -> None:
        nonlocal accepted
        verdict = check(spec, case)
        if isinstance(verdict, Call):
            accepted += 1
            check_symbols(spec, case, verdict)

    agrees()
    return accepted


@pytest.mark.parametrize("name", TESTED)
def test_agrees_with_torch(name: str) -> None:
    spec = catalogue.get(name)
    ways = 1 + len(spec.choices) + len(spec.inputs)  # the more there is to choose, the more cases
    assert hold(spec, max(40, 10 * ways)), f"no drawn case of {name} was accepted"


def _one_longer(call: Call) -> TensorSpec:
    given = catalogue.get("Conv2d").shape(call)
    assert isinstance(given, TensorSpec)
    return given.reshaped(*given.shape[:-1], given.shape[-1] + 1)


def _turned_weight(call: Call) -> dict[str, tuple[int, ...]]:
    return {name: shape[::-1] for name, shape in catalogue.get("Linear").weights(call).items()}


def _ungrouped_macs(call: Call) -> Dim:
    return catalogue.get("Conv2d").macs(call) * int(call["groups"])


def _never_refused(call: Call) -> TensorSpec:
    return call.input


def _refuses_vectors(call: Call) -> TensorSpec:
    if call.input.rank == 1:
        raise Refusal("wants no vector", f"{call.input}", "2 axes", "input")
    return real_numbers(call)


def _other_type(call: Call) -> TensorSpec:
    return replace(real_numbers(call), dtype="float64")


def _useless_remedy(call: Call) -> TensorSpec:
    if call.input.rank == 2:
        raise Refusal("wants real numbers", f"{call.input}", "1 axis", "input", (Remedy("Use ReLU", "insert", "ReLU"),))
    return real_numbers(call)


def _forgets_symbols(call: Call) -> TensorSpec:
    given = catalogue.get("MaxPool2d").shape(call)
    assert isinstance(given, TensorSpec)
    return given if given.known else call.input


# A declaration that is wrong in one way each, and words of the complaint that it must meet.
BROKEN = {
    "shape": ("Conv2d", {"shape": _one_longer}, "the rule says"),
    "type": ("ReLU", {"shape": _other_type}, "is torch.float32"),
    "weight shape": ("Linear", {"weights": _turned_weight}, "has other weights"),
    "weight missing": ("LayerNorm", {"weights": lambda call: {}}, "has other weights"),
    "cost": ("Conv2d", {"macs": _ungrouped_macs}, "the declaration counts"),
    "recurrent cost": ("GRU", {"macs": lambda call: 0}, "the declaration counts 0"),
    "missing refusal": ("GroupNorm", {"shape": _never_refused}, "torch does not"),
    "refusal too many": ("Tanh", {"shape": _refuses_vectors}, "torch does not"),
    "remedy": ("Sigmoid", {"shape": _useless_remedy}, "does not mend"),
    "symbols": ("MaxPool2d", {"shape": _forgets_symbols}, "of T="),
    "fixed argument": ("LSTM", {"fixed": {}}, "samples not at"),
    "call": ("Sum", {"call": "{input}.sum({dim})"}, "the rule says"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_declaration_is_caught(fault: str) -> None:
    name, change, complaint = BROKEN[fault]
    broken = replace(catalogue.get(name), **change)
    with pytest.raises(AssertionError, match=complaint):
        hold(broken, 300, phases=[Phase.generate], database=None, derandomize=True)


@pytest.mark.parametrize("name", catalogue.names())
def test_declaration_reads_well(name: str) -> None:
    spec = catalogue.get(name)
    assert spec.summary.endswith(".")
    assert "\n" not in spec.summary
    assert len(spec.summary) <= 90
    assert spec.keywords
    assert all(keyword == keyword.lower() for keyword in spec.keywords)
    for parameter in spec.choices:
        assert parameter.doc.endswith("."), f"{name}.{parameter.name} has no help"
        if parameter.default is not None:
            assert parameter.parse(parameter.show(spec.default(parameter))) == spec.default(parameter)
