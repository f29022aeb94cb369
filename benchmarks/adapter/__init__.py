"""Training and measuring the adapter of the bundled encoder: examples, split, mining, loss, measures."""
