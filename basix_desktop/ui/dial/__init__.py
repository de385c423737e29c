"""The dial column: what to call, whom to connect, and the press of Call."""
