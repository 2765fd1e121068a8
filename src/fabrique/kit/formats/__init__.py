"""Days and hours where Django's own way of writing them would mislead: see each language."""
