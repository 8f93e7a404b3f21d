"""Rehearsals that are killed at random moments, and what their journals say then."""
