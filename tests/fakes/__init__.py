"""Stand-ins for what the bot talks to; real sockets and files, nothing mocked inside the bot."""
