"""What a call is: numbers, destinations, attempts, errors. No Qt, no network, no disk."""
