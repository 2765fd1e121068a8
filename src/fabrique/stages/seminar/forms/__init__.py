"""What is typed about a seminar, one file a subject."""
