"""A headless Chromium that lives for one print.

It is spoken to in the DevTools protocol over two pipes (``--remote-debugging-pipe``): no port
that two prints could both want, no library, and the browser ends by itself should Odoo die. Plain
Python, nothing of Odoo.

    >>> with Browser("chromium", seconds=60) as browser:  # doctest: +SKIP
    ...     browser.open("http://localhost/", serve=lambda url: Answer(b"<p>Hello</p>"))
    ...     pdf = browser.pdf(paperWidth=8.27, paperHeight=11.69)
"""

import base64
import contextlib
import dataclasses
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAMS = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")
# Odoo limits the memory a worker may address, and its children inherit that; Chromium reserves
# far more than it uses. The shell lifts the limits and puts the pipes where Chromium wants them
# (3 and 4); a preexec_fn could do so too, but may hang in a server with threads.
LAUNCH = """
ulimit -S -v "$(ulimit -H -v)"
ulimit -S -t "$(ulimit -H -t)"
exec "$@" 3<&0 4>&1 </dev/null >/dev/null
"""
OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    # Root and most containers have no sandbox. What is shown is made by Odoo's own templates.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--mute-audio",
    "--hide-scrollbars",
    # Else pages that Odoo hands over could ask nothing of a server on this machine.
    "--disable-features=LocalNetworkAccessChecks,Translate,MediaRouter,OptimizationHints",
)
# What Chromium gets to see of the server's environment: no password of the database.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
CHUNK = 1 << 16


class BrowserError(Exception):
    """The browser could not do what was asked; the text is for the log."""


class NotStarted(BrowserError):
    """The program is not there or ended at once."""


class Crashed(BrowserError):
    """The browser or its page ended before it was done."""


class TooSlow(BrowserError):
    """The time given to the whole print is over; ``waiting`` names what did not answer."""

    def __init__(self, waiting=()):
        self.waiting = sorted(waiting)
        super().__init__(f"out of time, waiting for: {', '.join(self.waiting) or 'Chromium'}")


@dataclasses.dataclass(frozen=True)
class Answer:
    """What is served for an address instead of asking the network."""

    content: bytes
    mimetype: str = "text/html; charset=utf-8"


def find(names=PROGRAMS):
    """The path of the first of these programs that is installed, or None."""
    return next(filter(None, map(shutil.which, names)), None)


class Browser:
    """One page of a Chromium of its own; it and its files are gone after the ``with``.

    :param program: path or name of the browser
    :param seconds: for everything that is done with it; TooSlow afterwards
    """

    def __init__(self, program, seconds):
        self._program = program
        self._until = time.monotonic() + seconds
        self._process = None
        self._serve = None
        self._session = None
        self._number = 0
        self._unread = b""
        self._events = []
        # What the network was asked for and has not answered: {request: address}
        self._loading = {}

    def __enter__(self):
        self._folder = Path(tempfile.mkdtemp(prefix="report_chromium."))
        try:
            self._start()
            self._attach()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_error):
        self._end()

    # -------------------------------------------------------------------- what it is for
    def open(self, url, serve=lambda url: None):
        """Show a page and wait until its images and fonts are there.

        :param serve: gives an Answer for an address, or None: ask the network
        """
        self._serve = serve
        self._loading.clear()
        self._events.clear()
        result = self.call("Page.navigate", url=url)
        if result.get("errorText"):
            raise BrowserError(f"{url}: {result['errorText']}")
        self._wait_for("Page.loadEventFired")
        self.value("document.fonts.ready.then(() => true)")

    def value(self, expression):
        """What a JavaScript expression, or the promise it gives, amounts to."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"])[:1000])
        return answer["result"].get("value")

    def pdf(self, **parameters):
        """The page as PDF: the parameters of the protocol's ``Page.printToPDF`` (inches)."""
        return base64.b64decode(self.call("Page.printToPDF", **parameters)["data"])

    def call(self, method, **parameters):
        """Send a command of the protocol and wait for its result."""
        number = self._send(method, parameters)
        while True:
            message = self._receive()
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error']['message']}")
                return message["result"]

    # -------------------------------------------------------------------- begin and end
    def _start(self):
        command = [self._program, *OPTIONS, f"--user-data-dir={self._folder / 'profile'}"]
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self._log = (self._folder / "log").open("w+b")
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", LAUNCH, "sh", *command, "about:blank"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment | {"HOME": str(self._folder), "TMPDIR": str(self._folder)},
            start_new_session=True,
        )
        os.set_blocking(self._process.stdin.fileno(), False)

    def _attach(self):
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
        except Crashed as error:
            raise NotStarted(str(error)) from None
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Inspector"):
            self.call(f"{domain}.enable")
        self.call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self.call("Emulation.setEmulatedMedia", media="print")

    def _end(self):
        """Kill it with all its helpers: nothing of what it would still write is wanted."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()
            self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # -------------------------------------------------------------------- the two pipes
    def _send(self, method, parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write(json.dumps(message).encode() + b"\0")
        return self._number

    def _write(self, data):
        rest = memoryview(data)
        pipe = self._process.stdin.fileno()
        while rest:
            self._ready(pipe, select.POLLOUT)
            try:
                rest = rest[os.write(pipe, rest) :]
            except BrokenPipeError:
                raise self._crash() from None

    def _receive(self):
        """The next message; requests for addresses are answered on the way."""
        while b"\0" not in self._unread:
            pipe = self._process.stdout.fileno()
            self._ready(pipe, select.POLLIN)
            data = os.read(pipe, CHUNK)
            if not data:
                raise self._crash()
            self._unread += data
        first, _end, self._unread = self._unread.partition(b"\0")
        message = json.loads(first)
        self._listen(message)
        return message

    def _ready(self, pipe, event):
        """Wait until the pipe can be read or written."""
        # Not select(): a busy server has more than 1024 open files.
        poll = select.poll()
        poll.register(pipe, event)
        left = self._until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise TooSlow(self._loading.values())

    def _listen(self, message):
        method, about = message.get("method"), message.get("params", {})
        if method == "Fetch.requestPaused":
            self._answer(about)
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self._loading.pop(about["requestId"], None)
        elif method in ("Inspector.targetCrashed", "Target.targetCrashed"):
            raise Crashed("the page's process ended")
        elif method:
            self._events.append(method)

    def _wait_for(self, event):
        while event not in self._events:
            self._receive()
        self._events.clear()

    def _answer(self, asked):
        if asked["request"]["url"].endswith("/favicon.ico"):
            # The browser's own wish: no report waits for it, nor says that it did.
            refusal = {"requestId": asked["requestId"], "errorReason": "Aborted"}
            self._send("Fetch.failRequest", refusal)
            return
        answer = self._serve(asked["request"]["url"]) if self._serve else None
        if answer is None:
            self._loading[asked.get("networkId")] = asked["request"]["url"]
            self._send("Fetch.continueRequest", {"requestId": asked["requestId"]})
            return
        headers = {"Content-Type": answer.mimetype, "Cache-Control": "no-store"}
        self._send(
            "Fetch.fulfillRequest",
            {
                "requestId": asked["requestId"],
                "responseCode": 200,
                "responseHeaders": [{"name": n, "value": v} for n, v in headers.items()],
                "body": base64.b64encode(answer.content).decode(),
            },
        )

    def _crash(self):
        """The error to raise when a pipe is closed, with the end of what Chromium said."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip()[-1000:]
        return Crashed(f"ended with {self._process.poll()}: {said}")
