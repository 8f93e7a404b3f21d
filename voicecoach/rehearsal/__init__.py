"""Rehearsals: whole sessions with no sound device, a simulated person in a simulated room, and what came of them."""
