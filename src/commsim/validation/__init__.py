"""Evidence that the model behaves like groups that were studied: facts, and where it falls short."""
