"""The optional listener for the PBX's result callbacks (basix-api.md 1.2)."""
