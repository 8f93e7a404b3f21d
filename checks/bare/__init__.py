"""The project in a bare Debian of this machine's processor: installed and tested as each kind of user."""
