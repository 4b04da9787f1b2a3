from odoo import api, models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.model
    def _counts_action(self):
        """Core's physical inventory for a storekeeper: everything, and few columns.

        Core's own shows a storekeeper only what a manager asked them to count, and says that
        the stock is empty when that is nothing.
        """
        action = self.action_view_inventory()
        context = dict(action["context"])
        context.pop("search_default_my_count", None)
        view = self.env.ref("cantoneira_stock.stock_quant_view_list_counts")
        return {
            **action,
            "name": self.env._("Counts"),
            "context": context,
            "views": [(view.id, "list")],
        }
