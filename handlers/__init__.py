"""Channels: each maps what arrives to a call of the engine, and the answer to what is sent."""
