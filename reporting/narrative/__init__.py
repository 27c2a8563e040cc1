"""Prose and its numbers: a finished text read against the table it belongs to."""
