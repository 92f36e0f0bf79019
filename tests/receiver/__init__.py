"""The receiver: what it takes, what it refuses, and what it holds to when clients are slow, large or sly."""
