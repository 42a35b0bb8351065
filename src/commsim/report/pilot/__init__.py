"""What a real trial of two plans can show, and what one has shown: sentences, tables, figures and data."""
