"""What is meant to go from one window to another, or from one start to the next: layers, settings, layouts, files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from graphs import files, templates
from tests.end_to_end.hands import CONTROL, Hands
from widgets.dialogs.settings import SettingsDialog
from widgets.fields.word_editors import ChoiceEditor


def test_layers_are_copied_as_text_from_one_window_into_another(
    hands: Hands, start: Callable[[], Hands], tmp_path: Path
) -> None:
    lenet = tmp_path / "lenet.netwright"
    files.save(templates.create("lenet5"), lenet)
    other = start()
    other.window.open_file(lenet)
    drawn = hands.document.project.main
    copied = [node for name in ("conv2", "bn2", "relu2") if (node := drawn.find(name)) is not None]
    hands.window.parts.selection.select(copied)
    hands.activate()
    hands.key(Qt.Key.Key_C, CONTROL)
    text = QGuiApplication.clipboard().text()
    assert '"Conv2d"' in text
    assert "bn2" in text

    other.activate()
    main = other.document.project.main
    layers, wires = len(main), len(list(main.wires()))
    other.key(Qt.Key.Key_V, CONTROL)
    assert len(main) == layers + 3
    assert len(list(main.wires())) == wires + 2
    pasted = other.window.parts.selection.nodes
    assert sorted(main.kind(node) for node in pasted) == ["BatchNorm2d", "Conv2d", "ReLU"]
    (conv,) = (node for node in pasted if main.kind(node) == "Conv2d")
    assert main.parameters(conv) == drawn.parameters(copied[0])
    assert main.name(conv) == "conv3"  # conv1 and conv2 were there before
    other.key(Qt.Key.Key_Z, CONTROL)
    assert files.dumps(other.document.project) == lenet.read_bytes()


def test_text_that_is_no_layers_is_refused_in_words(hands: Hands) -> None:
    before = files.dumps(hands.document.project)
    for text in ("", "hello", '{"nodes": 3}', '{"format": "netwright"}', "[" * 2000):
        QGuiApplication.clipboard().setText(text)
        hands.activate()
        hands.key(Qt.Key.Key_V, CONTROL)
        assert hands.canvas.card.isVisible(), text
        assert not hands.document.dirty
        assert files.dumps(hands.document.project) == before
        hands.key(Qt.Key.Key_Escape)


def test_settings_chosen_in_the_dialog_count_at_once_and_at_the_next_start(
    hands: Hands, start: Callable[[], Hands]
) -> None:
    background = _background(hands)
    hands.key(Qt.Key.Key_Comma, CONTROL)
    dialog = hands.window.findChild(SettingsDialog)
    assert dialog is not None
    editor = dialog.rows["theme"].editor
    assert isinstance(editor, ChoiceEditor)
    QTest.keyClicks(editor.box, "light")
    assert hands.window.parts.themes.theme.name == "light"
    assert _background(hands).lightness() > background.lightness() + 50
    dialog.close()
    again = start()
    assert again.window.parts.settings["theme"] == "light"
    assert again.window.parts.themes.theme.name == "light"


def _background(hands: Hands) -> QColor:
    """Return the colour of the canvas near its corner, as painted."""
    hands.canvas.repaint()
    return hands.canvas.grab().toImage().pixelColor(5, 5)


def test_the_next_start_knows_the_projects_and_the_layout(
    hands: Hands, small: Path, start: Callable[[], Hands]
) -> None:
    hands.key(Qt.Key.Key_F4)
    assert not hands.window.dock_shown("properties")
    assert hands.window.close()
    again = start()
    recent = again.window.parts.memory.recent()
    assert [one.path for one in recent] == [small]
    again.window.open_file(small)
    assert not again.window.dock_shown("properties")
    assert again.window.dock_shown("library")
