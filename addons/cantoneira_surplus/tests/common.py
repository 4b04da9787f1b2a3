"""Customers who accept fewer or more pieces, for the tests of this addon and those above it."""

from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase


class CantoneiraSurplusCase(CantoneiraSaleCase):
    """The customer accepts 5 % fewer and 5 % more; 60 kg of glue more than the seed has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put_in_stock(cls.glue, 60)
        cls.customer.write(
            {
                "own_tolerance": True,
                "tolerance_less_percent": 5,
                "tolerance_more_percent": 5,
            }
        )

    @classmethod
    def ordered(cls, pieces=100, length_mm=2500, **values):
        """The one line of a confirmed order."""
        return cls.make_order(cls.composite(pieces, length_mm), confirm=True, **values).order_line

    def production(self, line, user=None):
        """Its one open manufacturing order, as a plain operator sees it."""
        productions = line.sudo().production_ids.filtered(
            lambda order: order.state not in ("done", "cancel")
        )
        return productions.ensure_one().with_user(user or self.production_user)

    def count(self, line, pieces, user=None):
        production = self.production(line, user)
        production.pieces_producing = pieces
        return production

    def finish(self, line, pieces, user=None, **context):
        """Make ``pieces`` and close the order with them, with no rest."""
        production = self.count(line, pieces, user)
        production.with_context(
            skip_backorder=True, skip_consumption=True, skip_redirection=True, **context
        ).button_mark_done()
        return production

    def delivery(self, line):
        """The open move of ``line`` to the customer."""
        return line.sudo().move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel") and move.location_dest_id.usage == "customer"
            )
        )

    def chatter(self, record):
        return "".join(record.sudo().message_ids.mapped("body"))

    def on_the_shelf(self, product=None):
        """Metres of a profile where orders are delivered from."""
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", (product or self.profile).id),
                ("location_id", "child_of", self.stock_location.id),
            ]
        )
        return sum(quants.mapped("quantity"))
