"""What the page components are: one Python function each, whose signature is the contract.

A component's function returns what its template shows; the template is looked up in the folder
of the theme in force, so that pages never name a theme. An unknown prop is refused when the page
is compiled, because the template tag takes its parameters from the function's signature.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import loader
from django.utils.safestring import SafeString

THEMES = ("plain", "dsfr")

Props = Mapping[str, Any]
ComponentFunction = Callable[..., Props]


@dataclass(frozen=True)
class Component:
    """One component, as the gallery, the tests and the template library see it."""

    name: str
    function: ComponentFunction
    wraps_content: bool
    takes_context: bool

    @property
    def purpose(self) -> str:
        """When to use it: the first line of the function's docstring."""
        return (self.function.__doc__ or "").strip().splitlines()[0].replace("``", "")

    @property
    def render(self) -> Callable[..., SafeString]:
        """The function a template tag calls: same signature, answers HTML."""

        @functools.wraps(self.function)
        def rendered(*args: Any, **kwargs: Any) -> SafeString:
            return render_part(self.name, self.function(*args, **kwargs))

        return rendered


COMPONENTS: dict[str, Component] = {}


def component(
    *, wraps_content: bool = False, takes_context: bool = False
) -> Callable[[ComponentFunction], ComponentFunction]:
    """Declare a component; its name is the function's, and the template tag's."""

    def declare(function: ComponentFunction) -> ComponentFunction:
        name = function.__name__
        COMPONENTS[name] = Component(name, function, wraps_content, takes_context)
        return function

    return declare


def theme_in_force() -> str:
    """The theme named by the settings; an unknown name is an error, not a fallback."""
    theme = getattr(settings, "FABRIQUE_THEME", "plain")
    if theme not in THEMES:
        raise ValueError(f"FABRIQUE_THEME is {theme!r}; it must be one of {', '.join(THEMES)}")
    return theme


def render_part(name: str, props: Props) -> SafeString:
    """Render one template of the theme in force."""
    find = _find_template if settings.DEBUG else _kept_template
    template = find(theme_in_force(), name)
    return SafeString(template.render(dict(props)).strip())


def part_paths(theme: str, name: str) -> list[str]:
    """Where a part is looked for: drawings of our own are the same whatever the theme."""
    return [f"kit/themes/{theme}/{name}.html", f"kit/themes/plain/{name}.html"]


def _find_template(theme: str, name: str) -> Any:
    return loader.select_template(part_paths(theme, name))


_kept_template = functools.cache(_find_template)
