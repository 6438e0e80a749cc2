"""The steps of automatic layout; `graphs.arrange` puts them together.

Every step works on numbered nodes of one connected drawing as if it flows down: `across` runs to the right from the
trunk, `along` the way the wires go.
"""
