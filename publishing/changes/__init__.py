"""What one release changes in another, by row and cell; a draft rebased on a newer release."""
