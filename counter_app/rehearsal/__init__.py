"""A visit as a file: plays it through the flow and compares the outcome."""
