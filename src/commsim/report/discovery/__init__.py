"""What scenario discovery has found, for people and for programs."""
