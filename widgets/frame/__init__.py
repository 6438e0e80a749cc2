"""The window's frame: bars, docks, cards and toasts around the canvas and the panels."""
