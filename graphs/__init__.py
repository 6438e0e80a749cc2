"""What a network is: layers, wires, shapes, cost, files and templates.

Nothing here needs torch, numpy or Qt: a network can be read, changed, checked and written by the standard library
and networkx alone. `builder` makes it real, `widgets` shows it.
"""
