"""Cards that are not there: for training, demonstration and tests. They refuse production."""
