"""Plots: curves and confusion matrices, drawn from plain arrays; they know nothing of runs or documents."""
