"""The data desk: take the tables, give them back, see what they would change, publish. Open to whoever may publish."""

from pages.parts.data_desk.desk import at_the_desk
from pages.parts.shell.view import current_view

at_the_desk(current_view())
