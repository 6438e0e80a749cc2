"""Files that are not what they should be, opened through the window: a clear word, and what is open stays."""

import json
from pathlib import Path

from PySide6.QtCore import Qt

from graphs import files, templates
from tests.end_to_end.hands import CONTROL, SHIFT, Hands


def _truncated(path: Path) -> None:
    whole = files.dumps(templates.create("lenet5"))
    path.write_bytes(whole[: len(whole) // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _other(path: Path) -> None:
    path.write_text('{"format": "another program"}')


def _not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00netwright")


def _folder(path: Path) -> None:
    path.mkdir()


def _absent(path: Path) -> None:
    path.unlink(missing_ok=True)


def test_a_bad_file_is_told_and_the_open_project_stays(hands: Hands, tmp_path: Path) -> None:
    document, before = hands.document, files.dumps(hands.document.project)
    path = document.path
    for number, spoil in enumerate((_truncated, _empty, _other, _not_text, _folder, _absent)):
        bad = tmp_path / f"bad{number}.netwright"
        spoil(bad)
        hands.open(bad)
        assert hands.window.errors.isVisible(), spoil
        told = hands.window.errors.whole
        assert bad.name in told
        assert "Traceback" not in told
        assert (document.path, document.dirty) == (path, False)
        assert files.dumps(document.project) == before
        assert hands.window.isVisible()
        assert hands.window.in_project
        hands.press("Close")
        assert not hands.window.errors.isVisible()


def test_a_newer_file_opens_for_reading_and_is_never_written_over(hands: Hands, tmp_path: Path) -> None:
    newer, copy = tmp_path / "newer.netwright", tmp_path / "copy.netwright"
    document = json.loads(files.dumps(templates.create("lenet5")))
    document["version"] = 99
    document["invented"] = {"later": [1, 2]}
    newer.write_text(json.dumps(document))
    written = newer.read_bytes()
    hands.open(newer)
    assert hands.document.project.read_only
    layers = set(hands.document.project.main)
    hands.canvas.setFocus()
    hands.write("relu")
    hands.enter()
    refused = hands.canvas.card.refused
    assert refused is not None
    assert "newer version" in refused.reason
    assert set(hands.document.project.main) == layers
    assert not hands.document.dirty
    hands.answers.paths[:] = [copy]
    hands.key(Qt.Key.Key_S, CONTROL | SHIFT)
    assert newer.read_bytes() == written
    assert copy.read_bytes() == written  # nothing that only the newer version knows is lost


def test_an_unknown_layer_stands_in_the_drawing_and_is_saved_as_it_came(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "foreign.netwright"
    document = json.loads(files.dumps(templates.create("lenet5")))
    nodes = document["networks"]["main"]["nodes"]
    strange = next(node for node in nodes if node["name"] == "tanh1")
    strange["layer"] = "WonderLayer"
    strange["parameters"] = {"depth": 3, "mode": {"deep": [True, None, "x"]}}
    path.write_text(json.dumps(document))
    hands.open(path)
    assert not hands.window.errors.isVisible()
    assert any(problem.node == strange["id"] for problem in hands.document.report().problems)
    hands.window.show_panel("problems")
    hands.canvas.setFocus()
    hands.write("relu")
    hands.enter()
    hands.key(Qt.Key.Key_S, CONTROL)
    saved = json.loads(path.read_bytes())["networks"]["main"]
    assert next(node for node in saved["nodes"] if node["id"] == strange["id"]) == strange
    edges = document["networks"]["main"]["edges"]
    assert all(edge in saved["edges"] for edge in edges)
    assert not hands.window.commands["run.train"].isEnabled()
