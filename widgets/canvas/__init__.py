"""The canvas: a network drawn from arrays by one painter, and the gestures that edit it."""
