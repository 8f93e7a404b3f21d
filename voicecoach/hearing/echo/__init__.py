"""Taking the coach's own voice out of what the microphone hears; samples in and out, no device and no clock."""
