"""What the page is made of, as escaped HTML: its frame, the conversation, the screens one leafs through."""
