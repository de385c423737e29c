"""The window. Imports ``services`` and ``domain`` only."""
