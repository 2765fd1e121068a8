"""The only writers of accounts."""

from fabrique.people.models import User


def account_of(email: str, *, label: str = "") -> User:
    """The account at this address, made if there is none; an existing label is kept."""
    address = email.strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        return User.objects.create_user(address, label=label)
    if label and not user.label:
        user.label = label
        user.save(update_fields=["label"])
    return user
