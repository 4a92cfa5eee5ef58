"""What scripts/emulator.py talks through."""
