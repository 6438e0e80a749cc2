"""What draws the parts of a drawing, on the screen and in pictures."""
