"""Projects and documents that the tests of files start from."""

from typing import Any

from graphs import files
from graphs.project import Project


def node(number: int, name: str, layer: str, **parameters: Any) -> dict[str, Any]:
    """Return the line of one node, below the one before it."""
    return {"id": f"n{number}", "name": name, "layer": layer, "parameters": parameters, "position": [0, 80 * number]}


def edge(source: int, target: int, key: str = "output:input") -> dict[str, Any]:
    """Return the line of one wire."""
    return {"source": f"n{source}", "target": f"n{target}", "key": key}


def document() -> dict[str, Any]:
    """Return a document with two networks, an unknown layer, and something of everything that a file may hold."""
    main = {
        "directed": True,
        "multigraph": True,
        "graph": {"flow": "right", "notes": {"n1": {"text": "größer ✓", "position": [1, 2.5]}}},
        "nodes": [
            node(1, "image", "Input", shape=[8]),
            {**node(2, "fc1", "Linear", out_features=16, bias=False), "frozen": True, "colour": "#a0b0c0"},
            {**node(9, "warp", "Wormhole", size=[1, 2.0, "x"], nested={"b": None, "a": [True]}), "spin": {"up": 0.5}},
            node(10, "stage", "Block", network="stage", arguments={"width": 4}, repeat=2),
        ],
        "edges": [edge(1, 2), edge(2, 9, "output:left"), {**edge(9, 10, "out:x"), "via": [1, 2]}],
    }
    stage = {
        "directed": True,
        "multigraph": True,
        "graph": {"arguments": {"width": 8}},
        "nodes": [node(1, "x", "Inlet"), node(2, "fc", "Linear", out_features="4 * width"), node(3, "y", "Outlet")],
        "edges": [edge(1, 2), edge(2, 3)],
    }
    return {
        "format": "netwright",
        "version": 1,
        "title": "A sample",
        "networks": {"main": main, "stage": stage},
        "data": {"source": {"kind": "digits"}, "split": {"validation": 0.2}},
        "training": {"recipe": "supervised", "epochs": 20, "optimizer": {"kind": "AdamW", "lr": 0.001}},
        "later": {"something": [1, 2, 3]},
    }


def sample() -> Project:
    """Return the project of `document`."""
    return files.from_json(document())
