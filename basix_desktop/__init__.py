"""Basix Desktop: a desktop dialer for the Basix cloud PBX."""

__version__ = "0.1.0"
