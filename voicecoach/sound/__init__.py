"""The sample clock: what is played and heard, by a real device or a simulated room."""
