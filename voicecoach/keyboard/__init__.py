"""Answers and commands by key, and a screen that is read from two metres away."""
