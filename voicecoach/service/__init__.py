"""The service, a coach without a screen: waits until it is asked for a session, holds it, waits again; for systemd."""
