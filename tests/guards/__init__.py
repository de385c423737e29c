"""What every test is held to: no network, no leftovers, no unexpected complaint, nothing written at home."""
