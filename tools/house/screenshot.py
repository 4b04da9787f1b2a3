"""tools/screenshot: pictures of pages of a running server, as one user sees them.

  tools/screenshot --user vendas odoo/cantoneira-sales=orders odoo/cantoneira-sales/7=order

Each page is its address without the server's, and after = the name of the picture.
  --server URL    default http://127.0.0.1:8069
  --user LOGIN    default vendas; its password is the login, as in the demo company
  --width PIXELS  default 1366; up to 767 it is a phone with a touch screen
  --height PIXELS default 768
  --whole         the page to its end, not only what fits the window
  --click CSS     press this before the picture is taken; may be given several times
  --hide CSS      leave this out of the picture
  --out FOLDER    default screenshots/ (git-ignored)

What a page writes to the browser's console as an error is printed, and ends with exit code 1.
Needs chromium, like the tests.
"""

import argparse
import base64
import contextlib
import http.cookiejar
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import websocket

from .shell import Stop, main, say
from .system import BROWSERS

PHONE = 767
PATIENCE = 60
TIME_ZONE = "America/Sao_Paulo"
# Odoo is ready when a view stands there and nothing is being loaded.
READY = """
(() => {
    const view = document.querySelector(
        ".o_action .o_view_controller, .o_action_manager .o_content, .o_app, form.oe_login_form, main"
    );
    const busy = document.querySelector(
        ".o_loading_indicator, .o_blockUI, .o_view_sample_data .o_skeleton"
    );
    const here = location.href.startsWith("http");
    const fonts = document.fonts.status === "loaded";
    return Boolean(here && view && !busy && fonts && document.readyState === "complete");
})()
"""
CLICK = """
(() => {
    const target = document.querySelector(%s);
    if (target) { target.click(); }
    return Boolean(target);
})()
"""


def options(arguments):
    parser = argparse.ArgumentParser(
        "tools/screenshot", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--server", default="http://127.0.0.1:8069")
    parser.add_argument("--user", default="vendas")
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--height", type=int, default=768)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--click", action="append", default=[])
    parser.add_argument("--hide", action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    return parser.parse_args(arguments)


def entry(arguments):
    if not arguments:
        print(__doc__)
        return 2
    chosen = options(arguments)
    session = log_in(chosen.server, chosen.user)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with browser() as page:
        page.prepare(chosen, session)
        for wanted in chosen.pages:
            path, _, name = wanted.partition("=")
            name = name or re.sub(r"\W+", "-", path).strip("-")
            target = chosen.out / f"{name}.png"
            target.write_bytes(page.picture(f"{chosen.server}/{path.lstrip('/')}", chosen))
            say(f"{target}")
    for error in page.errors:
        print(error, file=sys.stderr)
    return bool(page.errors)


def log_in(server, user):
    """The session of a user who logs in with the form, as a person does."""
    cookies = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    address = f"{server}/web/login"
    try:
        form = opener.open(address, timeout=PATIENCE).read().decode()
    except OSError as error:
        raise Stop(f"{server} does not answer ({error}): start it with ./run.") from None
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    values = {"login": user, "password": user, "csrf_token": token and token[1]}
    answer = opener.open(address, urllib.parse.urlencode(values).encode(), timeout=PATIENCE)
    if answer.url.startswith(address):
        raise Stop(f"{server} does not let '{user}' in with the password '{user}'.")
    return next(cookie.value for cookie in cookies if cookie.name == "session_id")


@contextlib.contextmanager
def browser():
    """A headless Chromium with one page; it and its files are gone afterwards."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        raise Stop("Chromium is missing: as root, run `apt-get install chromium`.")
    folder = tempfile.mkdtemp(prefix="cantoneira-screenshot-")
    command = [
        *(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *("--remote-debugging-port=0", "--no-first-run", "--no-proxy-server"),
        *("--lang=pt-BR", f"--user-data-dir={folder}", "about:blank"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = _debugging_port(Path(folder), process)
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=10))
        address = next(p for p in pages if p["type"] == "page")["webSocketDebuggerUrl"]
        page = Page(websocket.create_connection(address, timeout=5, suppress_origin=True))
        yield page
        page.socket.close()
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _debugging_port(folder, process):
    announced = folder / "DevToolsActivePort"
    for _attempt in range(300):
        if process.poll() is not None:
            raise Stop("Chromium does not start.")
        if announced.exists() and (lines := announced.read_text().split()):
            return int(lines[0])
        time.sleep(0.1)
    raise Stop("Chromium does not open its debugging port.")


class Page:
    """One page of the browser, spoken to in the DevTools protocol."""

    def __init__(self, socket):
        self.socket = socket
        self.errors = []
        self._number = 0

    def call(self, method, **parameters):
        """Send one command and wait for its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = json.loads(self.socket.recv())
            except websocket.WebSocketTimeoutException:
                continue
            self._listen(answer)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise Stop(f"Chromium refuses {method}: {answer['error']['message']}")
                return answer["result"]
        raise Stop(f"Chromium does not answer {method}.")

    def _listen(self, event):
        if event.get("method") == "Runtime.exceptionThrown":
            details = event["params"]["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif event.get("method") == "Runtime.consoleAPICalled":
            words = [a.get("value") or a.get("description") for a in event["params"]["args"]]
            if event["params"]["type"] == "error":
                self.errors.append(" ".join(str(word) for word in words))

    def prepare(self, chosen, session):
        """A window of the wanted size, in which the user is logged in."""
        phone = chosen.width <= PHONE
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.call("Network.setCookie", name="session_id", value=session, url=chosen.server)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=chosen.width,
            height=chosen.height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.call("Emulation.setTimezoneOverride", timezoneId=TIME_ZONE)
        if phone:
            self.call("Emulation.setTouchEmulationEnabled", enabled=True)

    def picture(self, address, chosen):
        """Go there, wait until it is ready, and give the picture's PNG."""
        # Not the page that stands there still.
        self.call("Page.navigate", url="about:blank")
        self.until("location.href === 'about:blank'", "Chromium does not leave the page")
        self.call("Page.navigate", url=address)
        self.wait_ready(address)
        for selector in chosen.click:
            self.until(CLICK % json.dumps(selector), f"nothing to press at {selector}")
            self.wait_ready(address)
        for selector in chosen.hide:
            style = f"{selector} {{ visibility: hidden !important; }}"
            self.value(
                "document.head.append(Object.assign(document.createElement('style'),"
                f" {{textContent: {json.dumps(style)}}}))"
            )
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=chosen.whole)
        return base64.b64decode(shot["data"])

    def wait_ready(self, address):
        time.sleep(0.5)
        self.until(READY, f"{address} does not finish loading")
        # Charts, avatars and the last recomputation.
        time.sleep(1)
        self.until(READY, f"{address} does not finish loading")

    def until(self, expression, complaint):
        until = time.monotonic() + PATIENCE
        while not self.value(expression):
            if time.monotonic() > until:
                raise Stop(complaint)
            time.sleep(0.2)

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")


if __name__ == "__main__":
    main(entry)
