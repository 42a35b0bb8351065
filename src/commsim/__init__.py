"""commsim: agent-based simulator of community growth and conversion."""

__version__ = "0.1.0"
