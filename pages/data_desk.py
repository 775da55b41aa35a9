"""The data desk: take the tables, give them back, see what they would change, publish. Open to whoever publishing/rights.py lets in."""

from pages._desk import at_the_desk
from pages._view import view

at_the_desk(view())
