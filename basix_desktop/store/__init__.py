"""SQLite: the attempts, the favourites and the search over them."""
