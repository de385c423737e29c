"""Use cases. They own the ports that ``pbx``, ``store`` and ``credentials`` fill."""
