"""The questions asked of accounts."""

from fabrique.people.models import User


def account_with_email(email: str) -> User | None:
    """The active account at this address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()
