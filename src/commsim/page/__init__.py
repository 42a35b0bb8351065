"""The live page: communities side by side on one clock, in a browser on this machine."""
