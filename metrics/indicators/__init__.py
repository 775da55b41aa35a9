"""The registry of indicators, their course over time, what is due, the back-test and the version of the method."""
