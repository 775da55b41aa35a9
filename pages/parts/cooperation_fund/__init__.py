"""The cooperation fund: balance, target and payments."""
