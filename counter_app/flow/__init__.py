"""The counter path as a pure state machine. Read `steps.py` first."""
