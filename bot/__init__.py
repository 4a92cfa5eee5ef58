"""The engine: a question in, an answer and a log row out. Knows no Telegram and prints nothing."""
