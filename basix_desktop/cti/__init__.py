"""The PBX's live feed: what it says, and the connection that it comes through."""
