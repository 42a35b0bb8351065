"""A backtest, for people: tables and what they mean, plain data."""
