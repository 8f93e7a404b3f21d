"""Live sessions in real time on a private sound daemon, whose devices come and go; run by scripts/soundcheck."""
