"""The pages of the counter path, one for each step."""
