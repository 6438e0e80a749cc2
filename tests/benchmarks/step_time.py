"""A training step of compiled networks against ones written by hand: `python -m tests.benchmarks.step_time --json`."""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from builder import compiler
from graphs.project import Project
from tests.graphs.sketch import Sketch

GOAL = 1.03
Step = Callable[[], None]


class SmallNet(nn.Module):
    """Three connected layers, as a person writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1 = nn.Linear(16, 32)
        self.relu1 = nn.ReLU()
        self.fc2 = nn.Linear(32, 32)
        self.relu2 = nn.ReLU()
        self.fc3 = nn.Linear(32, 10)

    def forward(self, features: Tensor) -> Tensor:
        """Map (N, 16) to (N, 10)."""
        x = self.relu1(self.fc1(features))
        x = self.relu2(self.fc2(x))
        return self.fc3(x)


class DeepNet(nn.Module):
    """Fifty connected layers with a function after each, kept in a list and run in a loop, and one more."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList()
        for number in range(50):
            self.layers += [nn.Linear(16 if number == 0 else 32, 32), nn.ReLU()]
        self.layers.append(nn.Linear(32, 10))

    def forward(self, features: Tensor) -> Tensor:
        """Map (N, 16) to (N, 10)."""
        x = features
        for layer in self.layers:
            x = layer(x)
        return x


class SmallCNN(nn.Module):
    """Two convolutions with pooling and a connected layer."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(8, 16, 3, padding=1)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)
        self.fc = nn.Linear(784, 10)

    def forward(self, image: Tensor) -> Tensor:
        """Map (N, 1, 28, 28) to (N, 10)."""
        x = self.pool1(self.relu1(self.conv1(image)))
        x = self.pool2(self.relu2(self.conv2(x)))
        return self.fc(x.flatten(1))


def connected(hidden: int) -> Project:
    """Return the network of `hidden` connected layers with ReLU, and an output layer."""
    sketch = Sketch().add("features", "Input", shape=[16])
    for number in range(1, hidden + 1):
        sketch.add(f"fc{number}", "Linear", out_features=32).add(f"relu{number}", "ReLU")
    return sketch.add("fc", "Linear", out_features=10).add("label", "Classification").project


def convolutional() -> Project:
    """Return the drawing of SmallCNN."""
    sketch = Sketch().add("image", "Input", shape=[1, 28, 28])
    for number, channels in ((1, 8), (2, 16)):
        sketch.add(f"conv{number}", "Conv2d", out_channels=channels, kernel_size=3, padding=1)
        sketch.add(f"relu{number}", "ReLU").add(f"pool{number}", "MaxPool2d", kernel_size=2)
    return sketch.add("flatten", "Flatten").add("fc", "Linear", out_features=10).add("label", "Classification").project


CASES: dict[str, tuple[Callable[[], Project], type[nn.Module], tuple[int, ...]]] = {
    "mlp_5": (lambda: connected(2), SmallNet, (32, 16)),
    "mlp_101": (lambda: connected(50), DeepNet, (32, 16)),
    "cnn": (convolutional, SmallCNN, (32, 1, 28, 28)),
}


def step_of(module: nn.Module, shape: tuple[int, ...]) -> Step:
    """Return one step of plain gradient descent on fixed data."""
    torch.manual_seed(0)
    inputs, targets = torch.randn(shape), torch.randint(0, 10, shape[:1])
    optimizer = torch.optim.SGD(module.parameters(), 0.01)

    def step() -> None:
        optimizer.zero_grad(set_to_none=True)
        functional.cross_entropy(module(inputs), targets).backward()
        optimizer.step()

    return step


def seconds(step: Step) -> float:
    """Return the processor time of one step, which other programs disturb least."""
    start = time.thread_time()
    step()
    return time.thread_time() - start


def measure(name: str, rounds: int) -> dict[str, float]:
    """Return the times of one case in microseconds, of its quick steps and its median ones, and their ratios."""
    draw, by_hand, shape = CASES[name]
    steps = {"compiled": step_of(compiler.compile(draw()), shape), "by_hand": step_of(by_hand(), shape)}
    times: dict[str, list[float]] = {kind: [] for kind in steps}
    for turn in range(rounds):
        for kind in list(steps) if turn % 2 else list(reversed(steps)):  # by turns, so that both meet the same load
            times[kind].append(seconds(steps[kind]))
    quick = {kind: sorted(found)[len(found) // 20] * 1e6 for kind, found in times.items()}
    median = {kind: statistics.median(found) for kind, found in times.items()}
    return {
        "compiled_us": round(quick["compiled"], 1),
        "by_hand_us": round(quick["by_hand"], 1),
        "ratio": round(quick["compiled"] / quick["by_hand"], 4),
        "median_ratio": round(median["compiled"] / median["by_hand"], 4),
    }


def main() -> None:
    """Measure all cases and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--rounds", type=int, default=600)
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    cases = {name: measure(name, chosen.rounds) for name in CASES}
    load = [round(value, 2) for value in os.getloadavg()]
    if chosen.json:
        print(json.dumps({"benchmark": "step_time", "goal": GOAL, "load": load, "cases": cases}))
        return
    for name, told in cases.items():
        print(f"{name:8} {told['compiled_us']:9.1f} us, by hand {told['by_hand_us']:9.1f} us, {told['ratio']:.3f}")


if __name__ == "__main__":
    main()
