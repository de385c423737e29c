"""The composition root: entry points, threads, files, and who gets what."""
