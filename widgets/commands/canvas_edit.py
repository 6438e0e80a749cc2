"""What the Edit and Network menus have the canvas do."""

from functools import partial

from graphs.alignment import AXES, SIDES
from widgets.canvas.acts import reaching
from widgets.commands.canvas_act import Act

_ON = ("node",)
_ON_PIECES = ("node", "frame")
_ON_ALL = ("node", "wire", "frame")

EDITING = (
    Act("edit.cut", "Cut", "Edit", 1, ("Ctrl+X",), lambda canvas: canvas.cut(), "pieces", context=_ON_PIECES),
    Act("edit.copy", "Copy", "Edit", 1, ("Ctrl+C",), lambda canvas: canvas.copy(), "pieces", changes=False,
        context=_ON_PIECES, icon="copy"),
    Act("edit.paste", "Paste", "Edit", 1, ("Ctrl+V",), lambda canvas: canvas.paste(), context=("canvas",)),
    Act("edit.duplicate", "Duplicate", "Edit", 1, ("Ctrl+D",), lambda canvas: canvas.duplicate(), "pieces",
        context=_ON_PIECES),
    Act("edit.duplicate_wired", "Duplicate with wires", "Edit", 1, ("Ctrl+Shift+D",),
        lambda canvas: canvas.duplicate(with_wires=True), "nodes", summary="Feed the copies as the originals are fed"),
    Act("edit.delete", "Delete", "Edit", 1, ("Del",), lambda canvas: canvas.delete(), "something", context=_ON_ALL,
        icon="trash"),
    Act("edit.dissolve", "Dissolve", "Edit", 1, ("Ctrl+Backspace",), lambda canvas: canvas.dissolve(), "nodes",
        context=_ON, icon="unlink", summary="Delete the selected layers and join their neighbours"),
    Act("edit.select_all", "Select all", "Edit", 2, ("Ctrl+A",), lambda canvas: canvas.select_all(), changes=False,
        context=("canvas",)),
    Act("edit.select_before", "Select what leads here", "Edit", 2, ("Ctrl+[", "Ctrl+Alt+U"),
        lambda canvas: canvas.select_more(reaching.before), "nodes", changes=False, context=_ON),
    Act("edit.select_after", "Select what follows", "Edit", 2, ("Ctrl+]", "Ctrl+Alt+D"),
        lambda canvas: canvas.select_more(reaching.after), "nodes", changes=False, context=_ON),
    Act("edit.select_alike", "Select all of this kind", "Edit", 2, ("Ctrl+Alt+A",),
        lambda canvas: canvas.select_more(reaching.alike), "nodes", changes=False, context=_ON,
        summary="Select the layers of the kinds that are selected, as to change them all at once"),
    Act("edit.rename", "Rename", "Edit", 2, ("F2",), lambda canvas: canvas.rename(), "pieces", context=_ON_PIECES,
        icon="rename"),
    Act("edit.find", "Find on the canvas…", "Edit", 2, ("Ctrl+F",), lambda canvas: canvas.finder.open(), changes=False,
        context=("canvas",), icon="search", summary="Go to a layer by its name, its kind or its problem"),
)  # fmt: skip

NETWORK = (
    Act("network.add", "Add a layer…", "Network", 0, ("Ctrl+Space",), lambda canvas: canvas.adding.type_to_add(""),
        context=("canvas", "wire"), icon="plus",
        summary="Search the layers, and add one: after the layer or into the wire that is selected"),
    Act("network.dot", "Put a dot on the wire", "Network", 0, (), lambda canvas: canvas.put_dot(canvas.pointer.at),
        "wire",
        context=("wire",), summary="Lead the selected wire through a place of your choice"),
    Act("network.connect", "Connect", "Network", 0, ("Ctrl+L",), lambda canvas: canvas.wiring.start(), "nodes",
        context=_ON, icon="link", summary="Wire the selected layers in order, or lead a wire from one by keyboard"),
    Act("network.arrange", "Tidy", "Network", 0, ("Ctrl+Shift+L",), lambda canvas: canvas.arrange(),
        context=("node", "frame", "canvas"), icon="arrange", summary="Lay the layers out anew"),
    Act("network.arrange_branch", "Tidy the branch", "Network", 0, ("Ctrl+Alt+L",),
        lambda canvas: canvas.arrange_branch(), "nodes", context=_ON,
        summary="Lay out the selected layers and all that hangs on them"),
    Act("network.straighten", "Straighten", "Network", 0, ("Ctrl+Shift+T",), lambda canvas: canvas.lining.straighten(),
        "nodes", context=_ON, summary="Move the selected layers so that their wires run straight"),
    Act("network.enter", "Open the block", "Network", 2, ("Alt+Down",),
        lambda canvas: canvas.step_in(), "block", changes=False, context=_ON, icon="enter"),
    Act("network.leave", "Leave the block", "Network", 2, ("Alt+Up",), lambda canvas: canvas.leave(), "inside",
        changes=False, context=("canvas",)),
)  # fmt: skip

LINING = (
    *(Act(f"network.align_{side}", f"Align {side}", "", 0, (), partial(lambda canvas, how: canvas.lining.align(how),
          how=side), "several", summary="Line the selected layers up") for side in SIDES),
    *(Act(f"network.distribute_{axis}", f"Distribute {axis}", "", 0, (),
          partial(lambda canvas, how: canvas.lining.distribute(how), how=axis), "several",
          summary="Leave equal gaps between the selected layers") for axis in AXES),
)  # fmt: skip
