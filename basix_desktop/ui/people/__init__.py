"""The PBX's users and groups, and how ready they are."""
