"""The data desk: download the tables, upload them, review the changes, publish. For those allowed to publish."""

from pages.parts.data_desk.desk import at_the_desk
from pages.parts.shell.view import current_view

at_the_desk(current_view())
