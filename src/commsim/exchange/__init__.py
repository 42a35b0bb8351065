"""Data in the forms of other programs: read from operators' exports, written for tools of analysis."""
