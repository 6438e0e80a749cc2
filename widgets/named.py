"""Names for controls that have no label on the screen, for those who hear the window instead of seeing it."""

from PySide6.QtWidgets import QComboBox, QLabel


def name_choice(box: QComboBox, name: str) -> None:
    """Name a combo box. On Linux Qt tells a reader what is chosen in place of its name, which only a label has then."""
    box.setAccessibleName(name)
    label = QLabel(name, box)
    label.hide()
    label.setBuddy(box)
