"""Data: sources, what they read, how it is split, prepared and bound to a network, and previews of it.

All but `tensors` and `batches` does without torch, so that the window can show data in its own process.
"""
