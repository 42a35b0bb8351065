"""The report: one HTML file that needs nothing else, for people who decide."""
