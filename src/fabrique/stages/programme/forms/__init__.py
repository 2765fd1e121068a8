"""What people type about a programme, one file a subject."""
