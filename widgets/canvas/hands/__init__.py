"""What hands do: pointer, wheel and keys, and where these lead."""
