"""The terminal: one module a command, the same engine and log as every channel."""
