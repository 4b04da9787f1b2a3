"""The browser itself, and what is left of it."""

import contextlib
import tempfile
import threading
import time
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import printing
from ..browser import Answer, Browser, BrowserError, Crashed, NotStarted, TooSlow, find
from ..paper import Paper
from .common import fake_program, read_pages

ADDRESS = "http://localhost:1/page"


def left_of(browser):
    """The folder and the processes that are left of a browser; others may be printing now."""
    folder = browser._folder
    found = [folder] if folder.exists() else []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in path.read_bytes():
                found.append(path.read_bytes())
    return found


def job(bodies, **values):
    return printing.Job(
        bodies=bodies,
        header=None,
        footer=None,
        paper=Paper(width=210, height=297, top=10, bottom=10, left=10, right=10),
        base_url="http://localhost:1",
        serve=lambda url: None,
        cookies={},
        title="Test",
        **values,
    )


@tagged("post_install", "-at_install")
class TestBrowser(BaseCase):
    def show(self, browser, html):
        browser.open(ADDRESS, lambda url: Answer(html.encode()) if url == ADDRESS else None)

    def test_nothing_is_left(self):
        with Browser(find(), 60) as browser:
            self.show(browser, "<p>Olá</p>")
            self.assertEqual(browser.value("document.body.textContent"), "Olá")
            self.assertGreater(len(left_of(browser)), 1)
        time.sleep(0.2)
        self.assertFalse(left_of(browser))

    def test_nothing_is_left_of_a_program_that_hangs(self):
        program = fake_program(self, "sleep 60 & wait")
        begin = time.monotonic()
        browser = Browser(program, 0.5)
        with self.assertRaises(TooSlow):
            browser.__enter__()
        self.assertLess(time.monotonic() - begin, 5)
        time.sleep(0.2)
        self.assertFalse(left_of(browser))

    def test_program_that_does_not_start(self):
        program = fake_program(self, "echo no library >&2; exit 3")
        with self.assertRaisesRegex(NotStarted, "ended with 3: no library"):
            Browser(program, 30).__enter__()
        with self.assertRaisesRegex(NotStarted, "ended with 127"):
            Browser("/nowhere/chromium", 30).__enter__()

    def test_crash(self):
        with Browser(find(), 60) as browser:
            self.show(browser, "<p>x</p>")
            browser._process.kill()
            with self.assertRaises(Crashed):
                browser.value("1")

    def test_crash_of_the_page(self):
        with Browser(find(), 60) as browser, self.assertRaises(BrowserError):
            browser.call("Page.crash")

    def test_script_without_end(self):
        with self.assertRaises(TooSlow), Browser(find(), 4) as browser:
            self.show(browser, "<script>for (;;) {}</script>")

    def test_files_of_the_server_are_not_shown(self):
        with tempfile.NamedTemporaryFile("w", suffix=".html") as secret:
            secret.write("the secret")
            secret.flush()
            html = f"<iframe src='file://{secret.name}'></iframe><p>after</p>"
            content = printing.pdf(job([html]), find(), 60)
        text = read_pages(content)[0].extract_text()
        self.assertIn("after", text)
        self.assertNotIn("secret", text)

    def test_two_at_once(self):
        results = {}

        def work(name):
            results[name] = printing.pdf(job([f"<p>Document {name}</p>"]), find(), 60)

        threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name in ("one", "two"):
            self.assertIn(f"Document {name}", read_pages(results[name])[0].extract_text())

    def test_odoos_limit_of_memory_is_not_the_browsers(self):
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + (1 << 30), before[1]))
        try:
            content = printing.pdf(job(["<p>small</p>"]), find(), 60)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, before)
        self.assertIn("small", read_pages(content)[0].extract_text())
