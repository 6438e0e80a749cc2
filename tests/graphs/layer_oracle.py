"""Torch as the judge of a declared layer, in one case: shapes, types, parameters, cost, refusals and remedies."""

import contextlib
import importlib
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from graphs import catalogue
from graphs.dimensions import evaluate, symbol
from graphs.parameters import Sized
from graphs.spec import Call, LayerSpec, Refusal, Remedy
from graphs.tensors import TensorSpec
from tests.graphs.layer_cases import SAMPLES, Case

# Torch's counter sees no multiplication in these; their cost is checked against their matrices instead.
RECURRENT = ("RNN", "LSTM", "GRU")

# Refusals of what torch would run: part of a refusal's title, and why it is nearly always a mistake.
STRICTER = {
    "wants real numbers": "indices or truth values in arithmetic meant for measurements",
    "must not mix samples": "torch treats the batch like any other axis",
    "wants samples first": "a recurrent state has its layers where others have samples",
    "wants features last": "channels first read as steps",
    "wants flat features": "channels first, of which only the last axis would be connected",
    "wants a signal": "torch takes the batch for channels when an axis is missing",
    "wants an image": "torch takes the batch for channels when an axis is missing",
    "wants a volume": "torch takes the batch for channels when an axis is missing",
    "wants a sequence": "torch takes the batch for steps when an axis is missing",
    "wants matrices": "torch would multiply along the samples",
    "wants as many axes on each wire": "torch would stretch a tensor of fewer axes along the samples",
    "wants a mask of true or false": "torch would add numbers to the scores",
    "cuts all of its output off": "nothing can be computed from an empty tensor",
    "removes axes of length 1 only": "torch leaves other axes as they are and says nothing",
    "reaches beyond the axis": "torch shortens the slice and says nothing",
    "takes nothing": "nothing can be computed from an empty tensor",
    "wants one type of number": "a mix of types is converted by chance",
}

# What a rule may say to a length that is not known where a number is needed.
UNKNOWN = ("needs a fixed number of", "removes axes of length 1 only")


@dataclass(frozen=True)
class Ran:
    """What torch did with a case."""

    outputs: dict[str, torch.Tensor]
    shapes: dict[str, tuple[int, ...]]
    flops: int


def resolve(spec: LayerSpec, case: Case) -> Call:
    """Return the call with the shapes its rules give. Raises Refusal."""
    call = Call(spec, dict(case.parameters), case.inputs)
    for parameter in spec.parameters:
        if isinstance(parameter, Sized):
            call.parameters[parameter.name] = parameter.read(call)
    found = spec.shape(call)
    call.outputs = {spec.outputs[0].name: found} if isinstance(found, TensorSpec) else found
    return call


def verdict(spec: LayerSpec, case: Case) -> Call | Refusal:
    """Return what the declaration says to a case."""
    try:
        return resolve(spec, case)
    except Refusal as refusal:
        return refusal


def sample(spec: TensorSpec) -> torch.Tensor:
    """Return a batch of the described tensor; whole numbers are 0, so that they may be looked up anywhere."""
    shape = list(spec.shape)
    shape.insert(spec.batch_axis, SAMPLES)
    return torch.zeros(shape, dtype=getattr(torch, spec.dtype))


def run(spec: LayerSpec, case: Case, sizes: Mapping[str, Any]) -> Ran:
    """Build the torch module from the declaration alone and run the lines that the declaration writes."""
    call = Call(spec, dict(case.parameters) | dict(sizes), case.inputs)
    module: Callable[..., Any] | None = None
    if spec.module:
        folder, _, name = spec.module.rpartition(".")
        module = getattr(importlib.import_module(folder), name)(**spec.arguments(call))
    scope: dict[str, Any] = {"torch": torch, "module": module}
    wires: dict[str, str | tuple[str, ...]] = {}
    for port in spec.inputs:
        specs = case.inputs.get(port.name, ())
        names = tuple(f"{port.name}_{place}" for place in range(len(specs)))
        scope.update(zip(names, map(sample, specs), strict=True))
        if specs:
            wires[port.name] = names if port.variadic else names[0]
    lines = spec.statements(call, "module", wires, {port.name: f"result_{port.name}" for port in spec.outputs})
    counter = FlopCounterMode(display=False)
    with sdpa_kernel(SDPBackend.MATH), counter:  # the counter does not know the fused kernels of the CPU
        exec("\n".join(lines), scope)
    state = dict(module.named_parameters()) if isinstance(module, torch.nn.Module) else {}
    outputs = {port.name: scope[f"result_{port.name}"] for port in spec.outputs}
    return Ran(outputs, {name: tuple(weight.shape) for name, weight in state.items()}, counter.get_total_flops())


@contextlib.contextmanager
def strict() -> Iterator[None]:
    """Take a warning of torch for a refusal, but for those that speak of speed."""
    with warnings.catch_warnings(action="error"):
        warnings.filterwarnings("ignore", message="Using padding='same' with even kernel lengths")
        warnings.filterwarnings("ignore", message="LSTM with projections is not supported with oneDNN")
        yield


def check(spec: LayerSpec, case: Case) -> Refusal | Call:
    """Hold a declaration against torch in one case. Raises AssertionError where the two differ."""
    call = verdict(spec, case)
    if isinstance(call, Refusal):
        check_refusal(spec, case, call)
        return call
    sizes = {p.name: call[p.name] for p in spec.parameters if isinstance(p, Sized)}
    try:
        with strict():
            ran = run(spec, case, sizes)
    except (RuntimeError, ValueError, TypeError, IndexError, AssertionError, UserWarning, NotImplementedError) as error:
        raise AssertionError(f"{spec.name} accepts {case}, torch does not: {error}") from error
    check_outputs(call, ran)
    assert dict(spec.weights(call)) == ran.shapes, f"{spec.name} has other weights: {ran.shapes}"
    check_cost(spec, call, ran)
    return call


def check_outputs(call: Call, ran: Ran) -> None:
    """Compare shape, place of the samples and type of each output."""
    assert set(call.outputs) == set(ran.outputs)
    for port, spec in call.outputs.items():
        shape = list(ran.outputs[port].shape)
        assert shape[spec.batch_axis] == SAMPLES, f"{port} has {shape}, samples not at {spec.batch_axis}"
        del shape[spec.batch_axis]
        assert tuple(shape) == spec.shape, f"{port} has {shape}, the rule says {spec}"
        assert str(ran.outputs[port].dtype) == f"torch.{spec.dtype}", f"{port} is {ran.outputs[port].dtype}"


def check_cost(spec: LayerSpec, call: Call, ran: Ran) -> None:
    """Compare multiply-accumulates with what torch counts; a fused multiply-add is two operations."""
    macs = spec.macs(call)
    if spec.name in RECURRENT:
        counted = call.input.shape[0] * sum(prod(shape) for shape in ran.shapes.values() if len(shape) == 2)
    elif spec.name == "Bilinear":
        counted = prod(call.output.shape[:-1]) * prod(ran.shapes["weight"])
    else:
        counted = ran.flops / 2 / SAMPLES
    assert macs == counted, f"{spec.name} costs {counted}, the declaration counts {macs}"


def check_refusal(spec: LayerSpec, case: Case, refusal: Refusal) -> None:
    """Hold a refusal against torch, its text against the rules for messages, and its remedies against its cause."""
    parts = (refusal.title, refusal.came, refusal.expected)
    assert all(parts), f"{spec.name} refuses with an empty part: {parts}"
    assert len(" ".join(parts).split()) <= 25, f"{spec.name} says too much: {parts}"
    assert not refusal.port or spec.input_port(refusal.port) or spec.input_port(f"{refusal.port}.0"), refusal.port
    for remedy in refusal.remedies:
        check_remedy(spec, case, refusal, remedy)
    if any(title in refusal.title for title in STRICTER):
        return
    call = Call(spec, dict(case.parameters), case.inputs)
    try:
        sizes = {p.name: p.read(call) for p in spec.parameters if isinstance(p, Sized)}
    except Refusal:
        return  # without the sizes there is no module to hold it against
    try:
        with strict():
            run(spec, case, sizes)
    except Exception:  # torch refuses with many kinds of error
        return
    raise AssertionError(f"{spec.name} refuses {case}, torch does not: {parts}")


def check_remedy(spec: LayerSpec, case: Case, refusal: Refusal, remedy: Remedy) -> None:
    """Apply a remedy; the layer that it is for must no longer refuse for the same reason."""
    mended, parameters = case, dict(case.parameters)
    if remedy.action == "insert":
        inserted = catalogue.get(remedy.layer)
        port, _, place = refusal.port.partition(".")
        specs = list(case.inputs[port])
        wired = Case(inserted.complete(remedy.parameters), {inserted.inputs[0].name: (specs[int(place or 0)],)})
        specs[int(place or 0)] = resolve(inserted, wired).output
        mended = Case(parameters, {**case.inputs, port: tuple(specs)})
    elif remedy.action == "set":
        mended = Case(parameters | spec.check(remedy.parameters), case.inputs)
    else:
        assert remedy.action == "replace", remedy
        spec = catalogue.get(remedy.layer)
        mended = Case(spec.complete({}), case.inputs)
    again = verdict(spec, mended)
    if isinstance(again, Refusal):
        assert (again.title, again.port) != (refusal.title, refusal.port), f"{remedy} does not mend {refusal}"


def check_symbols(spec: LayerSpec, case: Case, call: Call) -> None:
    """Write a name for a length wherever it comes in: the rules must say the same with it as with the number."""
    lengths = {length for specs in case.inputs.values() for given in specs for length in given.shape}
    for length in lengths:
        inputs = {
            port: tuple(
                replace(given, shape=tuple(symbol("T") if size == length else size for size in given.shape))
                for given in specs
            )
            for port, specs in case.inputs.items()
        }
        symbolic = verdict(spec, Case(case.parameters, inputs))
        if isinstance(symbolic, Refusal):
            assert symbolic.title.startswith(UNKNOWN), f"{spec.name} refuses a length T: {symbolic}"
            continue
        sizes = {"T": int(length)}
        for port, out in symbolic.outputs.items():
            shape = tuple(evaluate(size, sizes) for size in out.shape)
            assert shape == call.outputs[port].shape, f"{spec.name} of T={length}: {out} is not {call.outputs[port]}"
            assert (out.kind, out.dtype) == (call.outputs[port].kind, call.outputs[port].dtype)
        assert evaluate(spec.macs(symbolic), sizes) == spec.macs(call), f"{spec.name} costs otherwise with T={length}"
