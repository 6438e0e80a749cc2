"""What stands over a drawing: cards, fields, the search, the small map."""
