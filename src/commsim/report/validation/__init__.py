"""A validation, for people: tables and a sentence, plain data, figures."""
