"""The service for a long time, in virtual time: does anything grow, leak or begin by itself."""
