"""The kill test: rehearsals that are killed at random moments, and what their journals say then."""
