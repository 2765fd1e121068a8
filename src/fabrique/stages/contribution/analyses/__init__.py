"""From rows to a method and back: nothing here writes."""
