"""Reading the files that people write: strict models, and errors that name the place."""
