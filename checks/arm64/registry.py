"""Which package registry pip is set up for on this machine."""

import re
import subprocess
import sys

_SETTINGS = ("index-url", "extra-index-url", "trusted-host", "proxy", "cert", "timeout", "default-timeout")


def pip_settings() -> dict[str, str]:
    """Return this machine's registry settings from files and environment, by pip's names; values one a line."""
    listing = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^.*\.([\w-]+)='(.*)'$", listed, re.MULTILINE)
    return {name: value.replace("\\n", "\n").strip() for name, value in found if name in _SETTINGS}
