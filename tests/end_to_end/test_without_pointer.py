"""The whole way with the keyboard alone: add, connect, move, rename, delete, run."""

from PySide6.QtCore import Qt

from tests.end_to_end.hands import CONTROL, SHIFT, Hands

Key = Qt.Key


def wires(hands: Hands) -> set[str]:
    """All wires as `source > target`."""
    network = hands.canvas.scene.network
    return {f"{network.name(w.source)} > {network.name(w.target)}" for w in network.wires()}


def test_a_network_is_drawn_and_trained_without_a_pointer(hands: Hands) -> None:
    hands.window.parts.settings.set("reduce_motion", True)
    hands.use_template("mlp")
    hands.activate()
    network, canvas = hands.document.project.main, hands.canvas
    order = [network.name(node) for node in hands.document.report().order]
    for name in order[:3]:
        hands.key(Key.Key_Tab)
        assert network.name(str(canvas.selection.current)) == name
    before = wires(hands)

    hands.write("dropout")  # add, into the chain after the current layer
    hands.enter()
    assert f"{order[2]} > dropout" in wires(hands)
    dropout = str(canvas.selection.current)
    assert canvas.hasFocus()

    hands.key(Key.Key_F2)
    hands.key(Key.Key_A, CONTROL)
    hands.write("forget")
    hands.enter()
    assert network.name(dropout) == "forget"

    place = network.position(dropout)
    hands.key(Key.Key_Right, CONTROL)
    hands.key(Key.Key_Down, CONTROL | SHIFT)
    assert network.position(dropout) == (place[0] + 8, place[1] + 80)

    hands.key(Key.Key_Delete)
    assert dropout not in network
    hands.key(Key.Key_Tab)  # goes on at what fed the layer that is gone
    assert network.name(str(canvas.selection.current)) == order[2]
    hands.key(Key.Key_L, CONTROL)  # its output is the only port; the nearest free input that fits is offered
    hands.enter()
    assert wires(hands) == before

    hands.key(Key.Key_R, CONTROL)
    hands.wait(lambda: hands.session.active is not None)
    hands.end_run()
