"""From evidence to an answer; an answerer a file."""
