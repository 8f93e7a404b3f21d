"""What a programme file must keep to, one idea a file: each yields problems; `toml_reader.py` finds their lines."""
