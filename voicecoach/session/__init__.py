"""What happens in a session, sans-IO: events in, actions out; no clock, no thread, no sound."""
