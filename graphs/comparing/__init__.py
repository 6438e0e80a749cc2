"""What differs between two projects."""
