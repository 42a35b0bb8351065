"""Who there is: traits, graphs, rosters and order histories."""
