from fabrique.config.settings import *  # noqa: F403
from fabrique.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.browser.endless_search"]
