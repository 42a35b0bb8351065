"""The engine's parts of the mechanisms of the package: one file each."""
