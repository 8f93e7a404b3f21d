"""Recognition models that one adds oneself: which there are, where they lie, how they get there."""
