"""The one way a method refuses: a code and parameters, to be said in the reader's language."""


class MethodError(Exception):
    """A request no method can answer honestly.

    `code` is stable and in snake case; `params` name what is wrong (plain values, serialisable).
    """

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in sorted(self.params.items()))
        return f"{self.code}({details})"
