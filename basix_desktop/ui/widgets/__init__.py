"""Small widgets that the columns share."""
