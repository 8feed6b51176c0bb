"""Writes, split by noun: item (filling in), targets (K/L), talk (positions, stances, notes), room (sessions), settle (verdicts), setup."""
