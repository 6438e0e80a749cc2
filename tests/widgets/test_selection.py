"""Selection: what is selected, which node is the current one, and which network is on view."""

from pytestqt.qtbot import QtBot

from graphs.network import Wire
from widgets.selection import Selection

WIRE = Wire("n1", "output", "n2", "input")
OTHER = Wire("n2", "output", "n3", "input")


class Heard:
    """Counts what a selection tells."""

    def __init__(self, selection: Selection) -> None:
        self.told: list[str] = []
        selection.changed.connect(lambda: self.told.append("changed"))
        selection.view_changed.connect(lambda: self.told.append("view"))


def test_the_first_node_is_the_current_one_unless_another_is_named(qtbot: QtBot) -> None:
    selection = Selection()
    selection.select(["n2", "n1"])
    assert selection.current == "n2"
    selection.select(["n2", "n1"], "n1")
    assert selection.current == "n1"
    assert selection.nodes == {"n1", "n2"}
    selection.select(wires=[WIRE])
    assert (selection.current, selection.nodes, selection.wires) == (None, frozenset(), {WIRE})


def test_the_same_selection_is_told_once(qtbot: QtBot) -> None:
    selection = Selection()
    heard = Heard(selection)
    selection.select()
    assert heard.told == []
    selection.select(["n1"])
    selection.select(["n1"])
    assert heard.told == ["changed"]
    selection.select(["n1", "n2"], "n1")
    selection.select(["n1", "n2"], "n2")  # another current node alone is news too
    assert heard.told == ["changed"] * 3


def test_what_is_gone_is_no_longer_selected(qtbot: QtBot) -> None:
    selection = Selection()
    selection.select(["n1", "n2"], "n1", [WIRE, OTHER])
    heard = Heard(selection)
    selection.keep(["n1", "n2", "n3"], [WIRE, OTHER])
    assert heard.told == []
    selection.keep(["n2", "n3"], [OTHER])
    assert (selection.nodes, selection.current, selection.wires) == ({"n2"}, "n2", {OTHER})
    selection.keep([], [])
    assert (selection.nodes, selection.current, selection.wires) == (frozenset(), None, frozenset())
    assert heard.told == ["changed"] * 2


def test_another_network_comes_on_view_with_nothing_selected(qtbot: QtBot) -> None:
    selection = Selection()
    selection.select(["n1"], wires=[WIRE])
    heard = Heard(selection)
    selection.show("stage", ("n4",))
    assert heard.told == ["view", "changed"]
    assert (selection.network, selection.path) == ("stage", ("n4",))
    assert (selection.nodes, selection.wires, selection.current) == (frozenset(), frozenset(), None)
    selection.show("stage", ("n4",))
    assert len(heard.told) == 2
    selection.show("stage", ("n5",))  # another use of the same block
    assert selection.path == ("n5",)
    assert heard.told == ["view", "changed"] * 2
