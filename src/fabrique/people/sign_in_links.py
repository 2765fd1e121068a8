"""The link that signs someone in: sent to their address, good for seven days."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from sesame.utils import get_token

from fabrique.people.models import User


def sign_in_link(user: User, *, next_url: str = "", site: str = "") -> str:
    """The whole address to open, at ``site`` or where this instance says it is reached.

    ``next_url`` is where it leads then.
    """
    query = {settings.SESAME_TOKEN_NAME: get_token(user)}
    if next_url:
        query["next"] = next_url
    address = site or settings.FABRIQUE_URL
    return f"{address}{reverse('people:sign-in-by-link')}?{urlencode(query)}"
