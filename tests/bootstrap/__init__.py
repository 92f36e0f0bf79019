"""The first start: what is set up, when, and what is said when it cannot be."""
