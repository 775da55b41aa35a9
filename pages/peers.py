"""Peer cities: the home city beside cities that the reader chooses; partners in common and those of theirs that it lacks."""

from pages.parts.peers.show_peers import beside_peers

beside_peers()
