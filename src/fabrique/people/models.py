"""Accounts: the few people who prepare and run a programme. Participants need none."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, *, label: str = "", password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), label=label)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None) -> "User":
        user = self.create_user(email, password=password)
        user.is_staff = user.is_superuser = True
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an address. ``label`` is how documents name them: a role, not a name."""

    email = models.EmailField(_("adresse électronique"), unique=True)
    label = models.CharField(_("fonction affichée"), max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.label or self.email


class LinkRequest(models.Model):
    """That a sign-in link was asked for an address, known or not; kept for a day.

    The address itself is not kept: ``digest`` is enough to count.
    """

    digest = models.CharField(max_length=64, db_index=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_at", "id"]
