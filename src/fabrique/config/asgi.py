"""The application served by uvicorn.

Django's own handler enters a thread again for each middleware, some twenty times a request:
about a third of the cost of a small page. Here static files are answered in the loop and
everything else runs in one thread, entered once; event streams still live in the loop.
"""

import os

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase
from servestatic.middleware import ServeStaticMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
django.setup(set_prefix=False)


class Application(ASGIHandler):
    def __init__(self) -> None:
        super().__init__()
        self.files_first = ServeStaticMiddleware(sync_to_async(self.get_response))

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = await self.files_first(request)
        return answer


application = Application()
