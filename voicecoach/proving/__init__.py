"""The safety of a programme, shown by telling the real session core all that can happen, wherever it can stand."""
