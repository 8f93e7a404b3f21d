"""The project on another architecture: an arm64 Debian whose programs run emulated."""
