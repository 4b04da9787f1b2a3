"""File locks between several runs on one machine."""

import contextlib
import fcntl


@contextlib.contextmanager
def held(path, mode=fcntl.LOCK_EX):
    """Hold the lock at `path`; wait for it unless `mode` has LOCK_NB."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a") as handle:
        fcntl.flock(handle, mode)
        yield


def try_held(path):
    """Context manager that gives True when nobody else holds the lock."""

    @contextlib.contextmanager
    def attempt():
        try:
            with held(path, fcntl.LOCK_EX | fcntl.LOCK_NB):
                yield True
        except BlockingIOError:
            yield False

    return attempt()
