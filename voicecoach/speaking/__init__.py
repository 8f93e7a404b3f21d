"""Text to samples: the synthesiser adapters and the cache of rendered prompts."""
