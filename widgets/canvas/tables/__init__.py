"""What is drawn, as arrays: nodes, wires, and what lies where."""
