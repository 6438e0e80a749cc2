"""Projects as files: read, checked, written whole, journalled and recovered."""
