"""Dialogs: for what cannot be undone, or needs a path; everything else is answered in place."""
