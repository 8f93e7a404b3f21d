"""Programmes: typed steps, the reader of programme files, the built-in programmes and their words."""
