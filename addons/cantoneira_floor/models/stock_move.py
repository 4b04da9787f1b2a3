"""A material line as the shop floor sees it."""

from odoo import models

from odoo.addons.cantoneira_stock import arithmetic


class StockMove(models.Model):
    _inherit = "stock.move"

    def _floor_consumed(self, lost):
        """How much finishing the order now would consume of this line.

        What somebody weighed or typed; else what the pieces made need, and what was ``lost``.
        """
        if self.manual_consumption and self.picked:
            return self._get_picked_quantity()
        total = arithmetic.exact(self.should_consume_qty) + arithmetic.exact(lost)
        return self.product_uom.round(float(total))

    def _floor_type(self, quantity):
        """Somebody says that this line consumed ``quantity``."""
        self.write({"quantity": quantity, "manual_consumption": True, "picked": True})

    def _floor_apply(self, material):
        """Consume what :meth:`_floor_consumed` said; pieces counted later change it again."""
        if self.product_uom.compare(material.consumed, self._get_picked_quantity()):
            self.write(
                {
                    "quantity": material.consumed,
                    "manual_consumption": self.manual_consumption,
                    "picked": True,
                }
            )

    def _floor_row(self, material):
        """This line for the operator's screen, plain data."""
        return {
            "id": self.id,
            "product_id": self.product_id.id,
            "name": self.product_id.name,
            "unit": self.product_uom.name,
            "planned": material.planned,
            "lost": material.lost,
            "consumed": material.consumed,
            "typed": self.manual_consumption and self.picked,
        }
