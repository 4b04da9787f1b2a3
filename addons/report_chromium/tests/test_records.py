"""Several records in one print: cut apart for their attachments, and found again."""

from unittest.mock import patch

from odoo.tests import tagged

from .. import printing
from .common import PrintCase, read_pages


@tagged("post_install", "-at_install")
class TestRecords(PrintCase):
    def setUp(self):
        super().setUp()
        self.report.attachment = "object.name + '.pdf'"
        self.partners = (
            self.partner("Ann", rows=18) + self.partner("Bob", rows=1) + self.partner("Cy", 18)
        )

    def attachments(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "in", self.partners.ids)], order="id"
        )

    def test_each_record_gets_its_own_pages(self):
        whole = self.pages(self.partners)
        self.assertEqual(len(whole), 5)
        attachments = self.attachments()
        self.assertEqual(attachments.mapped("name"), ["Ann.pdf", "Bob.pdf", "Cy.pdf"])
        counts = (("Ann", 2), ("Bob", 1), ("Cy", 2))
        for attachment, (name, count) in zip(attachments, counts, strict=True):
            pages = read_pages(attachment.raw)
            self.assertEqual(len(pages), count)
            for number, page in enumerate(pages, start=1):
                text = page.extract_text()
                self.assertIn(f"Header of {name}", text)
                self.assertIn(f"Page {number}/{count} end", text)

    def test_attachments_are_used_again(self):
        self.report.attachment_use = True
        first = self.texts(self.partners[0])
        with patch.object(printing, "pdf", side_effect=AssertionError("printed again")):
            self.assertEqual(self.texts(self.partners[0]), first)
        # The others are printed, and the first one's stands among them.
        self.assertEqual(len(self.texts(self.partners)), 5)
        self.assertEqual(len(self.attachments()), 3)

    def test_one_printed_twice(self):
        texts = self.texts(self.partners[1] + self.partners[1])
        self.assertEqual(len(texts), 2)
        self.assertFalse(self.attachments())
