"""The best plan within limits: a search over a space of plans, and what can be said of what it found."""
