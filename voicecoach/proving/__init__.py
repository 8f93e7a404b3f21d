"""The walk: the safety of a programme, shown by telling the real session core all that can happen, everywhere."""
