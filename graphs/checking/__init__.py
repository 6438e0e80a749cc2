"""What the report is made by: a walk over a network, its measures, problems and their remedies."""
