"""The rules of the counter: values in, values out; no I/O, clock, randomness or Qt."""
