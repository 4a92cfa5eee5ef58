"""Measuring how well questions are understood."""
