"""Checkpoints without pickle: weights and everything that an exact resume needs, as safetensors, written atomically.

`best.safetensors` and `last.safetensors` hold weights alone, with the project in their metadata. `resume.safetensors`
holds weights, optimizer, random state and position together, so that one file is always consistent in itself.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from builder import weights
from graphs.errors import FileProblem
from graphs.filing.atomic import write_bytes

RESUME = "resume.safetensors"
_WEIGHTS, _STATISTICS, _OPTIMIZER, _RANDOM = "weights.", "statistics.", "optimizer.", "random."


@dataclass
class Position:
    """Where a run stands: `epoch` and `batch` are the next ones to do, `step` counts all batches done."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    best: float = float("inf")
    best_epoch: int = 0
    total_epochs: int = 0
    loss_total: float = 0.0
    loss_count: int = 0


def save_resume(
    path: Path,
    module: nn.Module,
    optimizer: torch.optim.Optimizer,
    statistics: Mapping[str, Tensor],
    position: Position,
    schedule: Mapping[str, float],
    circumstances: Mapping[str, str],
) -> None:
    """Write all that an exact resume needs. Raises FileProblem; the old file then stays as it was."""
    tensors = {_WEIGHTS + name: value for name, value in module.state_dict().items()}
    tensors |= {_STATISTICS + name: value for name, value in statistics.items()}
    numbers: dict[str, float] = {}
    held = optimizer.state_dict()
    for index, entries in held["state"].items():
        for name, value in entries.items():
            if isinstance(value, Tensor):
                tensors[f"{_OPTIMIZER}{index}.{name}"] = value
            elif value is not None:
                numbers[f"{index}.{name}"] = value
    tensors |= {_RANDOM + name: state for name, state in _random_states(module).items()}
    document = {
        "position": asdict(position),
        "schedule": dict(schedule),
        "circumstances": dict(circumstances),
        "groups": held["param_groups"],
        "numbers": numbers,
        "random": _python_random(),
    }
    write_bytes(path, weights.encode(tensors, {weights.PROJECT_KEY: json.dumps(document)}))


def load_resume(
    path: Path,
    module: nn.Module,
    optimizer: torch.optim.Optimizer,
    statistics: Mapping[str, Tensor],
    position: Position,
) -> tuple[dict[str, float], dict[str, str]]:
    """Put back what `save_resume` wrote, `position` included; returns the schedule's state and the circumstances.

    Raises FileProblem when the file is no such checkpoint, or one of another network.
    """
    tensors, document = _read(path)
    weights = _part(tensors, _WEIGHTS)
    mine = {name: value.shape for name, value in module.state_dict().items()}
    if {name: value.shape for name, value in weights.items()} != mine:
        odd = sorted(set(mine) ^ set(weights)) or [n for n in mine if weights[n].shape != mine[n]]
        raise FileProblem(path, f"this checkpoint is of another network: {', '.join(odd[:3])} differ. Start a new run.")
    try:
        module.load_state_dict(weights)
        _load_optimizer(optimizer, _part(tensors, _OPTIMIZER), document)
        for name, value in _part(tensors, _STATISTICS).items():
            statistics[name].copy_(value)
        _set_random(_part(tensors, _RANDOM), document["random"])
        position.__dict__.update(asdict(Position(**document["position"])))
        return dict(document["schedule"]), dict(document.get("circumstances", {}))
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise FileProblem(path, f"this checkpoint does not fit ({error}). Start a new run.") from error


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    try:
        with safe_open(path, framework="pt") as file:
            document = json.loads((file.metadata() or {}).get("netwright", ""))
            return {name: file.get_tensor(name) for name in file.keys()}, document  # noqa: SIM118  # not a mapping
    except (OSError, SafetensorError, ValueError) as error:
        raise FileProblem(path, f"this is no checkpoint that can be resumed ({error}).") from error


def _part(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _load_optimizer(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor], document: dict[str, Any]) -> None:
    state: dict[int, dict[str, Any]] = {}
    for key, value in [*tensors.items(), *document["numbers"].items()]:
        index, _, name = key.partition(".")
        state.setdefault(int(index), {})[name] = value
    groups = document["groups"]
    for group, own in zip(groups, optimizer.param_groups, strict=True):
        for name, value in group.items():  # JSON has no tuples
            if isinstance(own.get(name), tuple):
                group[name] = tuple(value)
    optimizer.load_state_dict({"state": state, "param_groups": groups})


def _random_states(module: nn.Module) -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    device = next((parameter.device for parameter in module.parameters()), torch.device("cpu"))
    if device.type == "cuda":
        states[str(device)] = torch.cuda.get_rng_state(device)
    return states


def _python_random() -> list[Any]:
    version, state, gauss = random.getstate()
    return [version, list(state), gauss]


def _set_random(states: Mapping[str, Tensor], python: list[Any]) -> None:
    for name, state in states.items():
        if name == "cpu":
            torch.set_rng_state(state)
        elif torch.cuda.is_available():
            torch.cuda.set_rng_state(state, torch.device(name))
    random.setstate((python[0], tuple(python[1]), python[2]))
