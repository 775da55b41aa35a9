"""What every page needs before it shows anything: selection, address, navigation, user, errors, stylesheet."""
