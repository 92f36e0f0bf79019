"""The shape of the source itself: sizes, names, layers, what is imported, what stands in the lock."""
