"""Types shared by every room: units, effects, events, the view, luck.  Imports nothing of ours."""
