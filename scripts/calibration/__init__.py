"""The parts of scripts/calibrate, which fits confidence and thresholds to recordings."""
