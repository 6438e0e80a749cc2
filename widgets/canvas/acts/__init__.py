"""What can be done with what is drawn: add, wire, splice, line up, arrange, make blocks."""
