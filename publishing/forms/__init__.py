"""Forms of the data desk: what is asked for a new partner, contact, export, balance or count, and the rows that it makes."""
