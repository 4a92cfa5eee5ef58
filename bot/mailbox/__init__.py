"""A channel's mail: updates that are done, answers that still have to go out, what answers what."""
