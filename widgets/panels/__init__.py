"""Panels: one a file; they meet through the document and the selection, and know nothing of each other."""
