"""Orders with terms, for the tests of this addon and those above it."""

from odoo import Command

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase


class CantoneiraTermsCase(CantoneiraSaleCase):
    """The seed's maker; ``steps`` is a price list: 8.00 per metre, 7.50 from 100 m, 7.00 from 1000.

    ``other_profile`` is a second one of R$ 5.00, 100 g/m. Company settings are off at first.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "minimum_line_amount": 0,
                "minimum_order_amount": 0,
                "minimum_margin_percent": 0,
                "freight_spread_by": "weight",
            }
        )
        cls.other_profile = cls.make_profile("Cantoneira 30x30x2mm", (30, 30, 2), price=5)
        cls.other_profile.categ_id = cls.category_profiles
        cls.make_recipe(cls.other_profile, layers={}, grams={cls.glue: 100})
        cls.steps = cls.env["product.pricelist"].create(
            {
                "name": "Por metragem",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": cls.profile.product_tmpl_id.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                            "min_quantity": metres,
                        }
                    )
                    for metres, price in ((0, 8), (100, 7.5), (1000, 7))
                ],
            }
        )

    def assert_adds_up(self, order):
        """Goods + minimum − discount + freight are the amounts of the lines, to the cent."""
        lines = order.order_line.filtered(lambda line: not line.display_type)
        for line in lines:
            expected = (
                line.goods_amount + line.minimum_share - line.discount_share + line.freight_share
            )
            self.assertAlmostEqual(line.price_subtotal, expected, 2, line.name)
            # As the customer checks it: the price on paper times the quantity.
            paper = line.final_price_unit * line.product_uom_qty * (1 - line.discount / 100)
            self.assertEqual(round(paper, 2), round(line.price_subtotal, 2))
        total = (
            order.goods_total
            + order.minimum_total
            - order.discount_total
            + order.freight_included
            + sum(lines.filtered("is_delivery").mapped("price_subtotal"))
        )
        self.assertAlmostEqual(order.amount_untaxed, total, 2)
        self.assertAlmostEqual(order.amount_untaxed, sum(lines.mapped("price_subtotal")), 2)
