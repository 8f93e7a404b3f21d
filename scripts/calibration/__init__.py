"""What scripts/calibrate is made of."""
