"""An offline, hands-free exercise coach."""

__version__ = "0.1.0"
