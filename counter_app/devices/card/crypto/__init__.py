"""The arithmetic that chips need and the kept library does not have."""
