"""The only writers of accounts and of what signs them in."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fabrique.people.models import LinkRequest, User
from fabrique.people.sign_in_links import sign_in_link

LINKS_AN_HOUR = 5
REQUESTS_KEPT = timedelta(days=1)


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


def rename_account(user: User, *, label: str) -> None:
    """Change how documents name someone, in all their programmes; words already said stay."""
    user.label = label.strip()
    user.save(update_fields=["label"])


def send_sign_in_link(email: str, *, next_url: str = "") -> bool:
    """Mail a link to the account of this address, if there is one and it has not asked too often.

    Pages must answer the same whatever this returns.
    """
    address = email.strip().lower()
    if not _may_ask(address):
        return False
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is None:
        return False
    context = {
        "link": sign_in_link(user, next_url=next_url),
        "days": settings.SESAME_MAX_AGE // 86_400,
    }
    send_mail(
        subject=_("Votre lien de connexion à Fabrique"),
        message=render_to_string("people/mail/sign_in.txt", context),
        from_email=None,
        recipient_list=[user.email],
    )
    return True


@transaction.atomic
def _may_ask(address: str) -> bool:
    """Count this request; refuse past the limit. Addresses without an account count alike."""
    now = timezone.now()
    digest = salted_hmac("fabrique.people.link-request", address, algorithm="sha256").hexdigest()
    LinkRequest.objects.filter(asked_at__lt=now - REQUESTS_KEPT).delete()
    recent = LinkRequest.objects.filter(digest=digest, asked_at__gte=now - timedelta(hours=1))
    if recent.count() >= LINKS_AN_HOUR:
        return False
    LinkRequest.objects.create(digest=digest)
    return True
