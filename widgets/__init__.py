"""The window of Netwright: canvas, panels, plots, dialogs and the theme they share.

Shows what `graphs` describes and what the workers of `builder` report; the process that runs it never loads torch.
"""
