"""Plans as workbooks and CSV, for people and to be read back."""
