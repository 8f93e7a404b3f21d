"""The doctor: checks of everything that a session needs; each says what it found and what to do about it."""
