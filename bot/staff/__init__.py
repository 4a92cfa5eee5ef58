"""What staff can do, whatever the channel: see what failed, repair it, see what changes, publish, answer."""
