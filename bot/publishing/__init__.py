"""Publishing: from a change of the knowledge files to the version that answers."""
