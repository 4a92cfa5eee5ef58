"""Letters, syllables and words of written Vietnamese; nothing here knows what a question means."""
