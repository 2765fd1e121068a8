#!/usr/bin/env python
"""The same command as ``fabrique``, under the name Django's tools look for."""

from fabrique.config.cli import main

if __name__ == "__main__":
    main()
