"""The same for all tests: nothing hangs on the locale and the time zone of the machine that they run on."""

import os

for _name in [name for name in os.environ if name.startswith(("LC_", "LANG"))]:
    del os.environ[_name]
os.environ["LC_CTYPE"] = "C.UTF-8"
os.environ["TZ"] = "UTC"
