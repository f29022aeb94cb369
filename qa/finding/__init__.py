"""From a question to evidence that was found for it, and whether that answers."""
