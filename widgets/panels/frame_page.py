"""The page of the frame that is selected: its title, what it holds, and what that costs."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from graphs.annotations import contents, frames
from graphs.checking.node_report import NOTHING
from graphs.edits import SetFrame
from graphs.network import Network
from widgets.figures import counted, memory, rounded
from widgets.panels.frame_rows import FrameRows
from widgets.panels.node_facts import share
from widgets.panels.page_head import page_head
from widgets.panels.section import Fact, Facts, Section, label
from widgets.panels.steps import Steps
from widgets.selection import Selection
from widgets.theme import Theme
from widgets.theme_style import mark

LISTED = 40


class FramePage(QWidget):
    """Everything about one frame."""

    def __init__(self, steps: Steps, selection: Selection, theme: Theme, frame: str, folded: set[str]) -> None:
        super().__init__()
        self._steps, self._theme, self.frame = steps, theme, frame
        self._network, self._path = selection.network, selection.path
        self.title = QLineEdit()
        mark(self.title, name=True)
        self.title.setAccessibleName("Title of the frame")
        self.title.editingFinished.connect(self._rename)
        self.held = label(role="secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.measures.space.large)
        column.setSpacing(0)
        column.addLayout(page_head("frame", self.title, (self.held,), theme))
        cost = Section("Cost", theme, folded)
        self.cost = Facts(theme)
        cost.add(self.cost)
        column.addWidget(cost)
        layers = Section("Layers", theme, folded, "what the frame carries")
        self.layers = Facts(theme)
        layers.add(self.layers)
        column.addWidget(layers)
        beside = Section("Frames", theme, folded, "layers, weights")
        self.frames = FrameRows(theme)
        self.frames.chosen.connect(lambda other: selection.annotation_sought.emit("frames", other))
        beside.add(self.frames)
        column.addWidget(beside)
        column.addStretch()
        self.refresh()

    @property
    def _drawn(self) -> Network:
        return self._steps.document.project.networks[self._network]

    def refresh(self) -> None:
        """Show the frame as it is now."""
        drawn, whole = self._drawn, self._steps.document.report(self._network, self._path)
        frame = frames(drawn).get(self.frame)
        if frame is None:
            return  # another page follows
        if not (self.title.hasFocus() and self.title.isModified()):
            self.title.setText(frame.title)
            self.title.setCursorPosition(0)
        nodes = [node for node in drawn if node in contents(drawn, self.frame).nodes]
        self.held.setText(f"Frame, {counted(len(nodes), 'layer')}")
        told = [whole.nodes.get(node, NOTHING) for node in nodes]
        parameters, macs = sum(one.parameters for one in told), sum((one.macs for one in told), start=0)
        activations = sum((one.activation_bytes for one in told), start=0)
        self.cost.show_facts(
            (
                Fact("Parameters", f"{parameters:,}", share(parameters, whole.parameters)),
                Fact("Multiply-adds", rounded(macs), share(macs, whole.macs)),
                Fact("Activations", memory(activations), "a sample"),
            )
        )
        self.frames.show_frames(drawn, whole, self.frame)
        kinds = ((drawn.name(node), drawn.kind(node)) for node in nodes[:LISTED])
        rest = [Fact(f"and {len(nodes) - LISTED} more", "")] if len(nodes) > LISTED else []
        self.layers.show_facts([*(Fact(name, kind, role="secondary") for name, kind in kinds), *rest])

    def _rename(self) -> None:
        title = self.title.text().strip()
        self.title.setModified(False)
        network = self._steps.document.project.networks.get(self._network)
        frame = frames(network).get(self.frame) if network is not None else None  # it may be gone by now
        if frame is not None and title != frame.title:
            edit = SetFrame(self._network, self.frame, {"title": title})
            self._steps.perform("Rename the frame", edit)
