"""What a programme file must keep to, one idea a file: each check yields problems, `refusing.py` finds their lines."""
