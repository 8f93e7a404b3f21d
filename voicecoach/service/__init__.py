"""The coach without a screen: waits until it is asked for a session, holds it, waits again; a systemd service."""
