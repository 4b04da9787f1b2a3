"""Orders of the seed's customer, for the tests of this addon and those above it."""

from odoo import Command

from odoo.addons.cantoneira_mrp.tests.common import CantoneiraMrpCase

SALES_GROUPS = "cantoneira_sale.group_sales"
MANAGER_GROUPS = "cantoneira_sale.group_sales_manager"
FINANCE_GROUPS = "cantoneira_sale.group_finance"


class CantoneiraSaleCase(CantoneiraMrpCase):
    """The seed's maker with paper, glue and tape on the shelf, and people who sell.

    ``sales_user``, ``sales_manager`` and ``finance_user``; 150 kg and 80 kg of paper, 5 kg of
    glue, 150 rolls of tape.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.put_in_stock(cls.paper_core, 150)
        cls.put_in_stock(cls.paper_liner, 80)
        cls.put_in_stock(cls.glue, 5)
        cls.put_in_stock(cls.tape, 150)
        cls.sales_user = cls.make_user("vendas_teste", SALES_GROUPS)
        cls.sales_manager = cls.make_user("gerente_teste", MANAGER_GROUPS)
        cls.finance_user = cls.make_user("financeiro_teste", FINANCE_GROUPS)

    @classmethod
    def composite(cls, pieces, length_mm, product=None, **values):
        """Values of a line of ``pieces`` × ``length_mm``."""
        return {
            "product_id": (product or cls.profile).id,
            "piece_qty": pieces,
            "piece_length_mm": length_mm,
            **values,
        }

    @classmethod
    def resale(cls, quantity, product=None, **values):
        return {
            "product_id": (product or cls.tape).id,
            "product_uom_qty": quantity,
            **values,
        }

    @classmethod
    def make_order(cls, *lines, user=None, confirm=False, **values):
        """A quotation of these lines, made by a plain salesperson and seen by them."""
        order = (
            cls.env["sale.order"]
            .with_user(user or cls.sales_user)
            .create(
                {
                    "partner_id": cls.customer.id,
                    "order_line": [Command.create({"tax_ids": False, **line}) for line in lines],
                    **values,
                }
            )
        )
        if confirm:
            order.action_confirm()
        return order

    def produce(self, production):
        """Make all of it, as the machine operator."""
        production = production.with_user(self.production_user)
        production.qty_producing = production.product_qty
        production._set_qty_producing()
        production.button_mark_done()
        return production

    def deliver(self, order):
        """Deliver all that waits, as the storekeeper."""
        pickings = order.sudo().picking_ids.with_user(self.stock_user)
        for picking in pickings.filtered(lambda p: p.state not in ("done", "cancel")):
            picking.action_assign()
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
                move.picked = True
            picking.with_context(skip_backorder=True).button_validate()
        return pickings
