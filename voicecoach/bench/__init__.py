"""Measurements of what the program does with sound, in figures that another program can compute again."""
