"""The reference receiving station: takes messages in, lets people decide, answers."""
