"""Requests for quotation from needs: one draft per supplier."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Command


class Wish(NamedTuple):
    """What somebody wants ordered, ``quantity`` in ``unit``."""

    product: models.Model
    quantity: float
    unit: models.Model
    supplier: models.Model


class PurchaseNeed(models.AbstractModel):
    _inherit = "cantoneira.purchase.need"

    @api.model
    def _take_turn(self, warehouse, products):
        """Nobody else requests these at the same instant: the second one sees the first's drafts."""
        self.env["cantoneira.promise.gate"]._pass(warehouse, products)

    @api.model
    def _request(self, wishes, warehouse, origin=""):
        """Return new draft purchase orders, one per supplier, with a line for each of ``wishes``.

        With the rights of the environment. A draft binds nobody: who buys looks at it, sends it and
        confirms it.
        """
        by_supplier = {}
        for wish in wishes:
            by_supplier.setdefault(wish.supplier, []).append(wish)
        rules = self._rules_of(wishes, warehouse)
        return self.env["purchase.order"].create(
            [
                self._prepare_request_values(supplier, own, warehouse, origin, rules)
                for supplier, own in by_supplier.items()
            ]
        )

    @api.model
    def _prepare_request_values(self, supplier, wishes, warehouse, origin, rules):
        buyer = supplier.buyer_id
        if not buyer and self.env.user.has_group("cantoneira_purchase.group_buyer"):
            buyer = self.env.user
        return {
            "partner_id": supplier.id,
            "company_id": warehouse.company_id.id,
            "picking_type_id": warehouse.in_type_id.id,
            "user_id": buyer.id,
            "origin": origin,
            "date_order": fields.Datetime.now(),
            "order_line": [
                Command.create(
                    {
                        "product_id": wish.product.id,
                        "product_qty": wish.quantity,
                        "product_uom_id": wish.unit.id,
                        "orderpoint_id": rules.get(wish.product.id),
                    }
                )
                for wish in wishes
            ],
        }

    @api.model
    def _rules_of(self, wishes, warehouse):
        """``{product id: id of its reordering rule}``, so that Odoo's own screen knows of it."""
        rules = self.env["stock.warehouse.orderpoint"].search_fetch(
            [
                ("product_id", "in", [wish.product.id for wish in wishes]),
                ("location_id", "=", warehouse.lot_stock_id.id),
            ],
            ["product_id"],
        )
        return {rule.product_id.id: rule.id for rule in rules}
