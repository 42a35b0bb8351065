"""From records to numbers: outcomes, comparison of plans."""
