"""Plans as spreadsheets: workbooks and CSV to the tree of a scenario, and a scenario to tables."""
