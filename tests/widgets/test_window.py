"""The main window through real events: opening, views, docks, commands, closing."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from graphs import files, templates
from graphs.edits import RemoveNode, SetSection, SetTitle
from graphs.ports import BLOCK
from graphs.splices import remove_and_heal
from tests.widgets.opening import Opened
from widgets.commands.command import MENUS
from widgets.memory import WindowMemory
from widgets.palette import setting_lines

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _settle(opened: Opened) -> None:
    QApplication.processEvents()
    opened.window.commands.refresh()


def _node(opened: Opened, kind: str) -> str:
    return opened.parts.document.project.main.of_kind(kind)[0]


def test_it_begins_on_the_start_page(opened: Opened) -> None:
    window = opened.window
    assert window.start_page.isVisible()
    assert not window.bar.switch.isVisible()
    assert not any(dock.isVisible() for dock in window.regions.docks.values())
    assert not window.commands["file.save_as"].isEnabled()
    assert not window.commands["run.train"].isEnabled()


def test_a_template_opens_by_enter(opened: Opened, qtbot: QtBot) -> None:
    card = next(card for card in opened.window.start_page.cards if card.spec.name == "lenet5")
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert opened.window.in_project
    assert opened.window.canvas.isVisible()
    assert opened.parts.document.report().parameters == 61_706
    assert opened.parts.document.dirty


def test_every_command_is_registered_and_can_be_asked_for_its_state(project: Opened) -> None:
    registry = project.window.commands.registry
    assert len(registry) > 30
    for command in registry:
        assert command.text, command.id
        assert command.menu in (*MENUS, ""), command.id
        assert isinstance(command.enabled(), bool), command.id
        assert command.checked is None or isinstance(command.checked(), bool), command.id
        assert command.id in {action.objectName() for action in project.window.actions()} or command.entries


def test_undo_says_what_it_takes_back(project: Opened, qtbot: QtBot) -> None:
    window, document = project.window, project.parts.document
    before = len(document.project.main)
    window.canvas.add_layer("ReLU")
    _settle(project)
    assert window.commands["edit.undo"].text() == "Undo Add ReLU"
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert len(document.project.main) == before
    _settle(project)
    assert window.commands["edit.redo"].text() == "Redo Add ReLU"
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert len(document.project.main) == before + 1


def test_train_names_its_obstacle(project: Opened) -> None:
    window, document = project.window, project.parts.document
    assert window.commands["run.train"].isEnabled()
    document.perform(RemoveNode("main", _node(project, "Flatten")))
    _settle(project)
    action = window.commands["run.train"]
    assert not action.isEnabled()
    assert document.report().errors[0].message in action.toolTip()


def test_a_fix_by_keyboard_is_one_undo_step(project: Opened, qtbot: QtBot) -> None:
    window, document = project.window, project.parts.document
    document.perform(remove_and_heal("main", document.project.main, [_node(project, "Flatten")]))
    _settle(project)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert project.parts.selection.current == _node(project, "Linear")
    steps = document.undo_title
    assert window.commands["network.fix"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Period, CONTROL)
    assert not document.report().errors
    toast = window.toasts.shown[-1]
    assert (toast.text, toast.button.text()) == ("Insert Flatten", "Undo")
    canvas = window.canvas
    qtbot.waitUntil(lambda: not canvas.camera.gliding)
    bottom = canvas.scene.rect(_node(project, "Linear"))[3]
    assert canvas.camera.to_view(0, bottom).y() < canvas.height()
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert document.undo_title == steps


def test_an_undo_that_is_offered_goes_with_the_drawing_that_it_was_for(project: Opened, qtbot: QtBot) -> None:
    window, document = project.window, project.parts.document
    document.perform(remove_and_heal("main", document.project.main, [_node(project, "Flatten")]))
    _settle(project)
    qtbot.keyClick(window, Qt.Key.Key_Period, CONTROL)
    assert [toast.text for toast in window.toasts.shown] == ["Insert Flatten"]
    document.perform(RemoveNode("main", _node(project, "ReLU")))
    assert window.toasts.shown == []  # it would take back the deletion, not the remedy


def test_docks_fold_by_double_click_and_come_back_by_key(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    window.resize(1440, 900)
    library = window.regions.docks["library"]
    qtbot.waitUntil(lambda: not library.folded)
    tabs = library.findChild(QTabBar)
    assert tabs is not None
    wide = library.width()
    qtbot.mouseDClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    rail = project.parts.themes.theme.measures.size.rail
    qtbot.waitUntil(lambda: library.width() == rail)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: library.width() == wide)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not library.isVisible()


def test_docks_give_way_as_the_window_shrinks(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    docks, size = window.regions.docks, project.parts.themes.theme.measures.size
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: docks["library"].width() == size.library)
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: docks["library"].width() == size.rail)
    assert docks["lower"].folded
    window.resize(1024, 640)
    QApplication.processEvents()
    assert window.canvas.width() >= size.canvas_least[0]
    assert window.canvas.height() >= size.canvas_least[1]
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: docks["library"].width() == size.library)
    assert not docks["lower"].folded


def test_the_canvas_alone_and_back(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    shown = {name: dock.isVisible() for name, dock in window.regions.docks.items()}
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not any(dock.isVisible() for dock in window.regions.docks.values())
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert {name: dock.isVisible() for name, dock in window.regions.docks.items()} == shown


def test_the_keyboard_goes_round_the_regions(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    window.canvas.setFocus()
    seen = []
    for _ in range(8):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert window.canvas in seen
    assert len({id(widget) for widget in seen}) >= 3


@pytest.mark.parametrize(
    ("dock", "reached"), [("properties", "out_channels"), ("lower", "epochs"), ("library", "Layers")]
)
def test_tab_goes_round_the_region_that_has_the_keyboard(
    project: Opened, qtbot: QtBot, dock: str, reached: str
) -> None:
    window, region = project.window, project.window.regions.docks[dock]
    window.resize(1440, 900)
    project.parts.selection.select([_node(project, "Conv2d")])
    for page in ("library", "properties", "training"):
        window.show_panel(page)
    pages = [window.regions.page(page) for page in ("library", "properties", "training")]
    qtbot.waitUntil(
        lambda: all(page is not None and page.panel is not None and page.panel.isVisible() for page in pages)
    )
    region.head.tabs.setFocus()
    seen = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert region.isAncestorOf(focus)
        seen.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is region.head.tabs:
            break
    assert reached in seen
    qtbot.keyClick(region.head.tabs, Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget().accessibleName() == seen[-1]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_views_keep_docks_of_their_own(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    window.resize(1440, 900)
    assert window.regions.docks["library"].isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert window.view == "data"
    assert not window.regions.docks["library"].isVisible()
    assert not window.commands["edit.select_all"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.regions.docks["library"].isVisible()
    names = {"netwright-latest"}  # it looks at the data, and may not outlive the test
    qtbot.waitUntil(lambda: not names & {thread.name for thread in threading.enumerate()})


def test_the_layout_lasts(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    window.resize(1440, 900)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    window.close()
    kept = WindowMemory().layout("network")
    assert "properties" not in kept["shown"]
    assert "library" in kept["shown"]


def test_a_file_dropped_on_the_window_opens(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "lstm.netwright"
    files.save(templates.create("lstm_classifier"), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, copy, plain = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(opened.window, QDragEnterEvent(QPoint(500, 400), copy, data, button, plain))
    QApplication.sendEvent(opened.window, QDropEvent(QPointF(500, 400), copy, data, button, plain))
    assert opened.parts.document.path == path
    assert opened.window.in_project


@pytest.mark.parametrize("there", [True, False])
def test_the_window_is_ready_once_its_file_is_on_view_or_a_card_says_why_not(
    opened: Opened, qtbot: QtBot, tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "digits.netwright"
    if there:
        files.save(templates.create("digits_cnn"), path)
    with qtbot.waitSignal(opened.window.ready):
        opened.window.open_soon(path)
    assert opened.window.in_project is there
    assert opened.window.canvas.isVisible() is there
    assert opened.window.errors.isVisible() is not there


def test_a_file_that_does_not_open_says_why_and_changes_nothing(project: Opened, tmp_path: Path) -> None:
    before = project.parts.document.path
    project.window.open_file(tmp_path / "gone.netwright")
    assert project.window.errors.isVisible()
    assert "there is no such file" in project.window.errors.whole
    assert project.parts.document.path == before


@pytest.mark.parametrize(("answer", "closes"), [("cancel", False), ("discard", True), ("save", True)])
def test_closing_asks_about_unsaved_work(project: Opened, answer: str, closes: bool) -> None:
    project.window.canvas.add_layer("ReLU")
    project.answers.answers[:] = [answer]
    assert project.window.close() is closes
    path = project.parts.document.path
    assert path is not None
    saved = len(files.load(path).main) == len(project.parts.document.project.main)
    assert saved is (answer == "save")


def test_the_palette_finds_and_runs(project: Opened, qtbot: QtBot) -> None:
    window = project.window
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | SHIFT)
    palette = window.palette_popup
    assert palette.isVisible()
    QTest.keyClicks(palette.field, "canvas alone")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.alone


def test_titles_are_shown_as_they_are_written(project: Opened) -> None:
    title = "<img src='//elsewhere/x.png'> cats & dogs, " + "and more of them " * 6
    project.parts.document.perform(SetTitle(title.strip()))
    crumbs = [button for button in project.window.strip.findChildren(QToolButton) if button.property("crumb")]
    (first,) = [crumb for crumb in crumbs if crumb.text().startswith("<img src=")]
    assert first.toolTip().startswith("<qt>&lt;img src=")  # neither fetched nor drawn
    project.parts.document.perform(SetTitle("cats & dogs"))
    crumbs = [button for button in project.window.strip.findChildren(QToolButton) if button.property("crumb")]
    assert "cats && dogs" in [crumb.text() for crumb in crumbs]  # one & is a shortcut, two are one


def test_the_breadcrumb_leads_out_of_a_block(opened: Opened) -> None:
    window, document, selection = opened.window, opened.parts.document, opened.parts.selection
    window.files.new("resnet_small")
    block = document.project.main.of_kind(BLOCK)[0]
    assert window.canvas.dive(block)
    crumbs = [button for button in window.strip.findChildren(QToolButton) if button.property("crumb")]
    shown = [crumb for crumb in crumbs if crumb.text() == document.project.main.name(block)]
    assert shown
    main = next(crumb for crumb in reversed(crumbs) if crumb.text() == "main")
    main.click()
    assert selection.path == ()
    assert selection.network == "main"


def test_a_theme_chosen_in_the_settings_counts_at_once(project: Opened) -> None:
    project.parts.settings.set("theme", "light")
    assert project.parts.themes.theme.name == "light"
    project.parts.settings.set("theme", "high_contrast")
    assert project.parts.themes.theme.name == "high_contrast"


def test_data_that_does_not_fit_counts_everywhere_and_keeps_from_training(opened: Opened, qtbot: QtBot) -> None:
    window, document = opened.window, opened.parts.document
    window.files.new("tabular_classifier")
    document.perform(SetSection("data", {"source": {"kind": "moons"}}))
    assert window.commands["run.train"].isEnabled()
    qtbot.waitUntil(lambda: window.workshop.problems.errors > 0, timeout=20_000)
    qtbot.waitUntil(lambda: not window.commands["run.train"].isEnabled())
    first = window.workshop.problems.first_error
    assert first is not None
    assert first.message in window.commands["run.train"].toolTip()
    assert f"{window.workshop.problems.errors} problem" in window.workshop.status.findChild(QToolButton).text()
    (output,) = document.project.main.of_kind("Classification")
    assert window.canvas.scene.nodes.problems[window.canvas.scene.nodes.rows[output]] > 0
    qtbot.waitUntil(lambda: not window.workshop.data.working, timeout=20_000)


def test_the_status_bar_says_what_training_needs_of_the_memory_there(project: Opened) -> None:
    window, session = project.window, project.parts.session
    session.devices = [
        {"id": "cpu", "kind": "cpu", "name": "a processor", "memory": 8 * 2**30},
        {"id": "xpu:0", "kind": "xpu", "name": "a small one", "memory": 1000},
    ]
    session.automatic = {"device": "cpu", "why": "the only one"}
    session.devices_found.emit()
    QApplication.processEvents()
    texts = {item.text(): item.toolTip() for item in window.workshop.status.findChildren(QLabel)}
    (needed,) = (text for text in texts if text.endswith(" of 8 GB"))
    assert needed.startswith("needs ")
    session.device = "xpu:0"
    QApplication.processEvents()
    texts = {item.text(): item.toolTip() for item in window.workshop.status.findChildren(QLabel)}
    (tip,) = (tip for text, tip in texts.items() if text.endswith(" of 1 KB"))
    assert "halve the batch size" in tip


def test_settings_are_found_in_the_palette_and_set_from_there(opened: Opened) -> None:
    palette = opened.window.palette_popup
    palette.open()
    QTest.keyClicks(palette.field, "theme light")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.parts.settings["theme"] == "light"
    assert opened.parts.themes.theme.name == "light"
    lines = setting_lines(opened.parts.settings, opened.window.commands)
    assert not any(line.title == "Theme to light" for line in lines)


def test_a_long_title_leaves_the_strip_its_room(project: Opened, qtbot: QtBot) -> None:
    title = "A title without an end " * 10
    project.parts.document.perform(SetTitle(title))
    project.window.resize(1440, 900)
    QApplication.processEvents()
    strip = project.window.strip
    crumbs = [button for button in strip.findChildren(QToolButton) if button.property("crumb")]
    (crumb,) = [button for button in crumbs if button.toolTip() == project.parts.document.project.title]
    qtbot.waitUntil(lambda: crumb.width() >= crumb.sizeHint().width())
    assert crumb.width() < 240
