"""Runs exported files in a Python that has torch and none of our packages: `python -I alone.py` reads one a line."""

import importlib.util
import json
import sys

import torch

for ours in ("graphs", "builder", "widgets"):
    sys.modules[ours] = None  # type: ignore[assignment]  # this is how Python is told that there is no such module


def answer(request: dict[str, str]) -> None:
    """Load a class from a file, give it its weights, and write what it makes of the inputs, in both modes."""
    spec = importlib.util.spec_from_file_location("exported", request["file"])
    assert spec is not None
    assert spec.loader is not None
    exported = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(exported)
    given = torch.load(request["given"], weights_only=True)
    module = getattr(exported, request["class"])()
    module.load_state_dict(given["state"])
    results = []
    for training in (False, True):
        module.train(training)
        torch.manual_seed(7)
        with torch.no_grad():
            results.append(module(**given["inputs"]))
    torch.save({"results": results, "keys": list(module.state_dict())}, request["results"])


def main() -> None:
    """Answer requests, JSON objects one a line, until the input ends."""
    torch.set_num_threads(1)
    for line in sys.stdin:
        try:
            answer(json.loads(line))
            print("done", flush=True)
        except Exception as error:
            print(f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
