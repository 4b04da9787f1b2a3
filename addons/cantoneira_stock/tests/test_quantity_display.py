"""Six digits are kept, and only those that say something are shown."""

from lxml import etree, html

from odoo.tests import tagged

from .. import hooks
from .common import CantoneiraStockCase


@tagged("post_install", "-at_install")
class TestQuantityDisplay(CantoneiraStockCase):
    def converted(self, record, name, **options):
        record = record.with_context(lang="en_US")
        return (
            self.env["ir.qweb.field.float"]
            .with_context(lang="en_US")
            .record_to_html(record, name, options)
        )

    def test_precision_is_raised_and_never_lowered(self):
        precision = self.env.ref("uom.decimal_product_uom")
        for before, after in ((2, 6), (6, 6), (9, 9)):
            precision.digits = before
            hooks.post_init_hook(self.env)
            self.assertEqual(precision.digits, after)

    def test_the_web_client_is_told_to_show_two(self):
        for model, name in (
            ("product.product", "qty_available"),
            ("product.template", "min_stock_qty"),
            ("stock.move", "product_uom_qty"),
            ("stock.move.line", "quantity"),
            ("stock.quant", "quantity"),
        ):
            with self.subTest(model=model, name=name):
                description = self.env[model].fields_get([name])[name]
                self.assertEqual(description["digits"], (16, 6))
                self.assertEqual(description["min_display_digits"], 2)

    def test_it_reaches_the_views(self):
        views = self.env["product.template"].get_views([(False, "list")])
        field = views["models"]["product.template"]["fields"]["qty_available"]
        self.assertEqual(field["min_display_digits"], 2)

    def test_other_fields_keep_their_own_wish(self):
        fields = self.env["product.template"].fields_get(["linear_weight", "weight", "name"])
        self.assertEqual(fields["linear_weight"]["min_display_digits"], 1)
        self.assertFalse(fields["weight"].get("min_display_digits"))

    def test_only_what_was_asked_for_is_answered(self):
        described = self.env["stock.quant"].fields_get(["quantity"], attributes=["string"])
        self.assertEqual(list(described["quantity"]), ["string"])

    def test_documents_show_no_idle_zeros(self):
        for value, text in ((25, "25.00"), (3.7125, "3.7125"), (0.025730, "0.02573")):
            self.paper_core.min_stock_qty = value
            with self.subTest(value=value):
                self.assertEqual(self.converted(self.paper_core, "min_stock_qty"), text)
        self.assertEqual(self.converted(self.paper_core, "min_stock_qty", precision=1), "0.0")

    def test_numbers_in_documents_too(self):
        render = self.env["ir.qweb"].with_context(lang="en_US")._render
        template = etree.fromstring(
            """<p><t t-out="1.5" t-options="{'widget': 'float', 'decimal_precision':
            'Product Unit'}"/></p>"""
        )
        self.assertEqual(html.fromstring(render(template)).text_content().strip(), "1.50")
