"""Sound in and out on one sample clock, from real devices or a simulated room."""
