"""What an operator does: one file per strategy, the registry of them."""
