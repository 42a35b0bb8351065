"""Tried claims, for people: tables and a sentence, plain data."""
