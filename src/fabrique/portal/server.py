"""The served site: uvicorn, and beside it the worker that does the slow work.

    python -m fabrique.portal.server [--with-worker] [OPTIONS OF UVICORN]

The worker is a process of its own, so that a search for calendars neither holds up a room nor
takes it along when it fails. It lives as long as the server and no longer: a worker that dies is
replaced, and one whose server died, however it died, sees its input close and ends.
"""

import subprocess
import sys
import threading
import time

import uvicorn

WITH_WORKER = "--with-worker"
WORKER = (sys.executable, "-m", "fabrique.config.cli", "worker", "--beside")
#: Before another worker takes the place of one that died.
PAUSE = 2


def main() -> None:
    arguments = sys.argv[1:]
    if WITH_WORKER in arguments:
        arguments.remove(WITH_WORKER)
        threading.Thread(target=_keep_a_worker, daemon=True).start()
    uvicorn.main(arguments)


def _keep_a_worker() -> None:
    while True:
        # A session of its own: Ctrl+C is for the server, whose end it then sees.
        with subprocess.Popen(WORKER, stdin=subprocess.PIPE, start_new_session=True) as worker:
            worker.wait()
        sys.stderr.write("Le travail lent s'est interrompu ; il reprend dans un instant.\n")
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
