from odoo import models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "cantoneira.traced.mixin"]

    def _trace_domain(self):
        return [
            ("production_id", "in", self._made_by().ids),
            ("sale_order_id", "in", self.ids),
        ]

    def _made_by(self):
        """The manufacturing orders that feed these orders, merged ones and by surplus too."""
        # sudo: only their ids, to ask what this user may read of them.
        orders = self.sudo()
        fed = orders.order_line.move_ids
        made = self.env["mrp.production"].sudo().search([("sale_order_id", "in", self.ids)])
        taken = orders.order_line._surplus_moves()
        made |= self.env["cantoneira.surplus"].sudo()._makers_of(taken)
        return (made | fed.move_orig_ids.production_id).with_env(self.env)

    def action_trace_reels(self):
        """The reels this order was made of."""
        return self._action_trace("reel")
