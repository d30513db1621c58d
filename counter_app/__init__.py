"""Branch counter for changing the mobile number bound to a POS terminal."""

__version__ = "0.1.0"
