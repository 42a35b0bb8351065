"""The report's figures as files for papers and slides, drawn by matplotlib."""
