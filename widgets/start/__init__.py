"""The start page: new, open, recent projects, and templates to begin with."""
