"""Every act of the window as a value, and the menus, shortcuts, palette and help that follow from these values."""
