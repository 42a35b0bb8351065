"""Stylised facts: what was observed of groups elsewhere, and whether the model shows it too."""
