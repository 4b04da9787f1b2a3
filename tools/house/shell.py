"""Talk to the person at the terminal and run programs."""

import subprocess
import sys


class Stop(Exception):
    """Work cannot go on; the message is one sentence that says what to do."""


def say(message):
    print(f"· {message}", flush=True)


def run(*command, **options):
    """Run a program to its end; its output is shown only when it fails."""
    words = [str(word) for word in command]
    result = subprocess.run(
        words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    if result.returncode:
        short = " … ".join([*words[:2], words[-1]])
        raise Stop(f"`{short}` failed:\n{result.stdout.strip()[-4000:]}")
    return result.stdout


def main(entry):
    """Run a command's entry point; a Stop becomes its sentence and exit 1."""
    try:
        sys.exit(entry(sys.argv[1:]))
    except Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
