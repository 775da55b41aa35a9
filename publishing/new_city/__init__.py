"""A new city from a plain list: its place and its partners' from a gazetteer, and the tables that they make."""
