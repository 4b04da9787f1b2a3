"""Real PDFs: header, footer, numbers, table heads, margins, pictures."""

import http.server
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models import ir_actions_report
from .common import PrintCase, place

MM = 72 / 25.4
# How exactly a place on the paper is met, in mm.
NEAR = 1.5


@contextmanager
def server(answers=True):
    """Another web server, for pictures; gives its address and the requests it got."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Cookie")))
            if not answers:
                stop.wait(60)
            svg = b'<svg xmlns="http://www.w3.org/2000/svg"><text y="20">Drawn</text></svg>'
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(svg)

        def log_message(self, *args):
            """Nothing of this belongs in the log."""

    asked, stop = [], threading.Event()
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}", asked
    finally:
        stop.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


@tagged("post_install", "-at_install")
class TestPrint(PrintCase):
    def test_header_and_footer_on_every_page(self):
        texts = self.texts(self.partner("Ann", rows=40))
        self.assertGreaterEqual(len(texts), 3)
        for number, text in enumerate(texts, start=1):
            self.assertEqual(text.count("Header of Ann"), 1)
            self.assertEqual(text.count(f"Page {number}/{len(texts)} end"), 1)

    def test_each_document_counts_its_own_pages(self):
        partners = (
            self.partner("Ann", rows=18) + self.partner("Bob", rows=1) + self.partner("Cy", 18)
        )
        found = []
        for text in self.texts(partners):
            name = next(n for n in ("Ann", "Bob", "Cy") if f"Header of {n}" in text)
            found.append((name, text.partition("Page ")[2].partition(" end")[0]))
        self.assertEqual(
            found,
            [("Ann", "1/2"), ("Ann", "2/2"), ("Bob", "1/1"), ("Cy", "1/2"), ("Cy", "2/2")],
        )

    def test_table_head_repeated_and_no_row_cut(self):
        texts = self.texts(self.partner("Ann", rows=60))
        self.assertGreater(len(texts), 2)
        seen = []
        for text in texts:
            self.assertEqual(text.count("Number head"), 1)
            for row in range(60):
                self.assertEqual(f"begin{row}." in text, f"end{row}." in text, f"row {row} is cut")
                seen += [row] if f"begin{row}." in text else []
        self.assertEqual(seen, list(range(60)))

    def test_margins(self):
        self.contents("<p style='margin: 0; line-height: 1'>Body</p>")
        (page,) = self.pages(self.partner("Ann"))
        self.assertAlmostEqual(float(page.mediabox.width) / MM, 210, delta=NEAR)
        self.assertAlmostEqual(float(page.mediabox.height) / MM, 297, delta=NEAR)
        header, text = place(page, "Header of Ann"), place(page, "Body")
        # Of text it is the base line that counts.
        self.assertAlmostEqual(header[1], 10 + 5, delta=3, msg="30 mm less 20 of spacing")
        self.assertAlmostEqual(text[1], 30 + 4, delta=3)
        self.assertAlmostEqual(place(page, "Page")[1], 297 - 20 + 5, delta=3)
        self.assertAlmostEqual(header[0], text[0], delta=NEAR)

    def test_tall_header_pushes_the_text_down(self):
        self.contents("<p>Body</p>")
        self.view.arch = self.view.arch.replace('class="tall"', 'style="height: 400px"')
        (page,) = self.pages(self.partner("Ann"))
        tall = 400 * 25.4 / 96 * 75 / 90
        self.assertGreater(place(page, "Body")[1], 10 + tall)

    def test_orientation(self):
        self.contents("<p>Body</p>")
        for values, context in (({"orientation": "Landscape"}, {}), ({}, {"landscape": True})):
            self.paperformat.orientation = "Portrait"
            self.paperformat.write(values)
            # Core's sizes do not follow the orientation before the next request.
            self.paperformat.invalidate_recordset()
            (page,) = self.pages(self.partner("Ann"), **context)
            self.assertGreater(page.mediabox.width, page.mediabox.height)
            self.assertAlmostEqual(place(page, "Page")[1], 210 - 20 + 5, delta=3)

    def test_dpi_makes_text_smaller(self):
        self.contents("<p>Left <span style='margin-left: 300px'>Right</span></p>")

        def distance():
            (page,) = self.pages(self.partner("Ann"))
            return place(page, "Right")[0] - place(page, "Left")[0]

        wide = distance()
        self.paperformat.dpi = 180
        self.assertAlmostEqual(distance(), wide / 2, delta=NEAR)

    def test_without_header_and_footer(self):
        report = self.env["ir.actions.report"]
        content = report._run_wkhtmltopdf(["<p>One</p>", "<p>Two</p>"], landscape=True)
        self.assertEqual(content[:5], b"%PDF-")

    def test_pictures_and_fonts_of_addons_and_barcodes(self):
        self.contents(
            """
            <span style="font-family: Lato">Words</span>
            <img src="/web/static/img/logo.png" style="width: 50px"/>
            <img src="/report/barcode/Code128/ABC?width=300&amp;height=40"/>
            <img t-att-src="'/report/barcode/?barcode_type=QR&amp;value=x'"/>
            """
        )
        # No server runs at this address: none is needed.
        self.env["ir.config_parameter"].set_param("report.url", "http://localhost:1")
        (page,) = self.pages(self.partner("Ann"))
        self.assertEqual(len(page.images), 3)
        fonts = [f.get_object()["/BaseFont"] for f in page["/Resources"]["/Font"].values()]
        self.assertTrue(any("Lato" in font for font in fonts), fonts)

    def test_other_pictures_are_asked_for_as_the_user(self):
        self.contents("<img src='/web/image/7'/>")
        with server() as (address, asked):
            self.env["ir.config_parameter"].set_param("report.url", address)
            with patch.object(
                type(self.env["ir.actions.report"]),
                "_pdf_cookies",
                lambda _report: _cookies({"session_id": "me"}),
            ):
                (text,) = self.texts(self.partner("Ann"))
        self.assertIn("Drawn", text)
        self.assertIn(("/web/image/7", "session_id=me"), asked)

    def test_session_for_pictures_lives_as_long_as_the_print(self):
        store = SimpleNamespace(kept={}, new=lambda: _Session(sid="new"))
        store.save = lambda session: store.kept.update({session.sid: session})
        store.delete = lambda session: store.kept.pop(session.sid)
        mine = SimpleNamespace(db=self.env.cr.dbname, session={"debug": "1", "context": {}})
        with (
            patch.object(ir_actions_report, "request", mine),
            patch.object(ir_actions_report, "root", SimpleNamespace(session_store=store)),
        ):
            with self.env["ir.actions.report"]._pdf_cookies() as cookies:
                self.assertEqual(cookies, {"session_id": "new"})
                self.assertEqual(store.kept["new"]["debug"], "")
            self.assertFalse(store.kept)

    def test_address_that_does_not_answer(self):
        self.contents("<img src='/web/image/7'/>")
        self.set_parameter("seconds", "10")
        begin = time.monotonic()
        with server(answers=False) as (address, _asked):
            self.env["ir.config_parameter"].set_param("report.url", address)
            with self.assertLogs(ir_actions_report.__name__, "WARNING"):
                with self.assertRaisesRegex(UserError, f"no answer from {address}/web/image/7"):
                    self.pdf(self.partner("Ann"))
        self.assertLess(time.monotonic() - begin, 30)

    def test_nothing_but_public_files_is_served(self):
        serve = self.env["ir.actions.report"]._serve_for_pdf
        base = self.env["ir.actions.report"]._get_report_url()
        self.assertTrue(serve(f"{base}/web/static/img/logo.png"))
        for path in (
            "/web/static/../__manifest__.py",
            "/web/static/%2e%2e/%2e%2e/base/__manifest__.py",
            "/web/static/nothing.png",
            "/web/image/1",
            "/web/assets/1/nothing",
            "/report/barcode/Code128/" + "x" * 5000 + "?width=99999",
        ):
            self.assertIsNone(serve(base + path), path)
        self.assertIsNone(serve("https://other.example/web/static/img/logo.png"))


class _Session(dict):
    def __init__(self, sid):
        super().__init__()
        self.sid = sid
        self.uid = None


@contextmanager
def _cookies(cookies):
    yield cookies
