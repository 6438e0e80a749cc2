"""Panels: one a file; they meet in the window, through the document and the selection, and know nothing of each other."""
