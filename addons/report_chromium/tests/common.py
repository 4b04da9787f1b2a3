"""A report of the tests' own, and what its PDF says."""

import io
import stat
import tempfile
import textwrap
from pathlib import Path

import pypdf

from odoo import Command
from odoo.tests import TransactionCase

LAYOUT = """
<t t-name="report_chromium_test.document">
  <t t-call="web.html_container">
    <t t-foreach="docs" t-as="doc">
      <div class="header"><div class="tall">Header of <t t-out="doc.name"/></div></div>
      <div class="article" t-att-data-oe-model="doc._name" t-att-data-oe-id="doc.id">
        <div class="page">%s</div>
      </div>
      <div class="footer"><p>Page <span class="page"/>/<span class="topage"/> end</p></div>
    </t>
  </t>
</t>
"""
TABLE = """
<h2>Title of <t t-out="doc.name"/></h2>
<table class="table">
  <thead style="display: table-row-group"><tr><th>Number head</th><th>Text</th></tr></thead>
  <tbody>
    <tr t-foreach="range(int(doc.ref))" t-as="number">
      <td>begin<t t-out="number"/>.</td><td>first line<br/>second<br/>end<t t-out="number"/>.</td>
    </tr>
  </tbody>
</table>
"""


def fake_program(case, script):
    """The path of a program for the time of a test, in place of Chromium."""
    folder = Path(case.enterContext(tempfile.TemporaryDirectory()))
    path = folder / "browser"
    path.write_text("#!/bin/sh\n" + textwrap.dedent(script))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class PrintCase(TransactionCase):
    """A report on partners: ``ref`` is the number of its rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.paperformat = cls.env["report.paperformat"].create(
            {
                "name": "of the tests",
                "format": "A4",
                "orientation": "Portrait",
                "margin_top": 30,
                "margin_bottom": 20,
                "margin_left": 10,
                "margin_right": 10,
                "header_spacing": 20,
                "dpi": 90,
            }
        )
        cls.view = cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "report_chromium_test.document",
                "key": "report_chromium_test.document",
                "arch": LAYOUT % TABLE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Report of the tests",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "report_chromium_test.document",
                "paperformat_id": cls.paperformat.id,
            }
        )
        for name, record in (("document", cls.view), ("report", cls.report)):
            cls.env["ir.model.data"].create(
                {
                    "module": "report_chromium_test",
                    "name": name,
                    "model": record._name,
                    "res_id": record.id,
                }
            )
        cls.set_parameter("engine", "chromium")

    @classmethod
    def set_parameter(cls, name, value):
        cls.env["ir.config_parameter"].set_param(f"report_chromium.{name}", value)

    @classmethod
    def partner(cls, name, rows=2, **values):
        return cls.env["res.partner"].create({"name": name, "ref": str(rows), **values})

    def contents(self, html):
        """Put this into the report instead of its table."""
        self.view.arch = LAYOUT % html

    def pdf(self, records, **context):
        """The report of these records, as made for a user: bytes of a PDF."""
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True, **context)
        content, kind = report._render_qweb_pdf(self.report.report_name, records.ids)
        self.assertEqual(kind, "pdf")
        return content

    def pages(self, records, **context):
        return read_pages(self.pdf(records, **context))

    def texts(self, records, **context):
        """The text of each page."""
        return [page.extract_text() for page in self.pages(records, **context)]

    @classmethod
    def plain_user(cls):
        return cls.env["res.users"].create(
            {
                "name": "Plain",
                "login": "report_chromium_plain",
                "group_ids": [Command.set(cls.env.ref("base.group_user").ids)],
            }
        )


def read_pages(content):
    return list(pypdf.PdfReader(io.BytesIO(content)).pages)


def places(page):
    """Where each text of a page stands: {text: (x, y) in mm from the left and the top}."""
    found = {}

    def visit(text, matrix, position, _font, _size):
        if text.strip():
            x, y = position[4], position[5]
            a, b, c, d, e, f = matrix
            height = float(page.mediabox.height)
            across, up = a * x + c * y + e, b * x + d * y + f
            found.setdefault(text.strip(), (across / 72 * 25.4, (height - up) / 72 * 25.4))

    page.extract_text(visitor_text=visit)
    return found


def place(page, text):
    """Where a text of a page begins."""
    found = places(page)
    for words, where in found.items():
        if words.startswith(text):
            return where
    raise AssertionError(f"{text} is not among {found}")
