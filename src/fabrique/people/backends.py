"""Password sign-in by address, whatever its case (magic links are the usual way)."""

from django.contrib.auth.backends import ModelBackend


class EmailBackend(ModelBackend):
    """Django's own backend: ``User.get_by_natural_key`` ignores case."""
