"""What the driver adds to a step of a bare loop that logs accuracy: `python -m tests.benchmarks.training_step`."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

import builder
from builder.training import optimizers
from graphs.project import Project
from tests.builder.training.drawn import Layers, chain

ROWS, BATCH, ROUNDS, EPOCHS = 6400, 32, 5, 4
OPTIMIZER = {"kind": "AdamW", "lr": 1e-3}

MLP: Layers = [
    ("features", "Input", {"shape": (16,)}),
    ("fc1", "Linear", {"out_features": 64}),
    ("relu1", "ReLU", {}),
    ("fc2", "Linear", {"out_features": 64}),
    ("relu2", "ReLU", {}),
    ("fc3", "Linear", {"out_features": 10}),
    ("label", "Classification", {}),
]
CNN: Layers = [
    ("image", "Input", {"shape": (1, 8, 8)}),
    ("conv1", "Conv2d", {"out_channels": 16, "kernel_size": 3, "padding": 1}),
    ("relu1", "ReLU", {}),
    ("pool", "MaxPool2d", {"kernel_size": 2}),
    ("conv2", "Conv2d", {"out_channels": 32, "kernel_size": 3, "padding": 1}),
    ("relu2", "ReLU", {}),
    ("flatten", "Flatten", {}),
    ("fc", "Linear", {"out_features": 10}),
    ("label", "Classification", {}),
]


def drawn(layers: Layers, shape: tuple[int, ...], folder: Path) -> Project:
    """Return a project of these layers and random data of its own in `folder`."""
    random = np.random.default_rng(0)
    path = folder / f"rows{len(shape)}.npz"
    np.savez(path, x=random.normal(size=(ROWS, *shape)).astype(np.float32), y=random.integers(0, 10, ROWS))
    project = chain(layers, {"kind": "npz", "path": str(path)}, batch_size=BATCH, epochs=EPOCHS, optimizer=OPTIMIZER)
    project.data["split"] = {"validation": 0.0}
    return project


def driven(project: Project, folder: Path) -> list[float]:
    """Return the seconds a step of each epoch of a run, without its first."""
    run = builder.train(project, device="cpu", folder=folder)
    return [row["seconds"] / (ROWS / BATCH) for row in run.history[1:]]


def bare(project: Project, shape: tuple[int, ...]) -> Iterator[float]:
    """Yield the seconds a step of each epoch of a loop as one writes it, without its first."""
    inputs, targets = torch.randn(ROWS, *shape), torch.randint(0, 10, (ROWS,))
    module = builder.compile(project)
    optimizer = optimizers.build(OPTIMIZER, list(module.parameters()), "cpu")
    for epoch in range(EPOCHS):
        began, right, total = time.perf_counter(), torch.zeros(()), torch.zeros(())
        for rows in torch.split(torch.randperm(ROWS), BATCH):
            output = module(inputs[rows])
            loss = functional.cross_entropy(output, targets[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]  # torch does not say
            optimizer.step()
            right += (output.detach().argmax(1) == targets[rows]).sum()
            total += loss.detach()
        float(right), float(total)
        if epoch:
            yield (time.perf_counter() - began) / (ROWS / BATCH)


def main() -> None:
    """Print median steps a second of both, the two run in turn."""
    results = []
    with tempfile.TemporaryDirectory() as place:
        for name, layers, shape in (("MLP", MLP, (16,)), ("CNN", CNN, (1, 8, 8))):
            project = drawn(layers, shape, Path(place))
            ours: list[float] = []
            plain: list[float] = []
            for _ in range(ROUNDS):
                ours += driven(project, Path(place))
                plain += bare(project, shape)
            mine, theirs = statistics.median(ours), statistics.median(plain)
            speeds = {"driver": 1 / mine, "bare": 1 / theirs}
            added = (mine - theirs) * 1e6
            results.append({"network": name, "steps_a_second": speeds, "ratio": mine / theirs, "added_us": added})
    print(json.dumps({"results": results, "load": os.getloadavg()}, indent=1))


if __name__ == "__main__":
    main()
