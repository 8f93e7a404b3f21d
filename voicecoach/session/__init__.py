"""The session core, sans-IO: events in, actions out; it knows no clock, no thread and no sound."""
