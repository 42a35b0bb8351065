"""What a search for the best plan found, for people and for programs; money in yuan."""
