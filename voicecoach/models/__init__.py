"""Recognition models that people add themselves: which are known, where they lie, how they are installed."""
