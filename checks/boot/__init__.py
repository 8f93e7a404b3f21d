"""The service on a whole machine: an emulated arm64 board that boots Debian, driven from outside."""
