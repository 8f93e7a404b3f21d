"""The soak test: the service for a long time, in virtual time, to see whether it grows, leaks or begins by itself."""
