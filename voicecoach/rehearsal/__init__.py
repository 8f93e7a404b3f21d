"""A whole session with no sound device: a simulated person in a simulated room, and what came of it."""
