"""What is checked by hand: it takes long, needs root or a sound daemon, or compares. The tests have short forms."""
