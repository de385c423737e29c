"""The parts of ``packaging/dev.py``. Standard library only; Linux, Windows and macOS."""
