"""The mechanisms of the package, as strategies see them: one file each."""
