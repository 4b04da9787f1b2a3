"""One box of the storekeeper's phone: what is it, where is it, how much of it."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from odoo.addons.cantoneira_stock.alert import alert_level
from odoo.addons.cantoneira_stock.tools import clean_code

#: So many things, and so many places of each, are answered; the rest is counted.
THINGS = 10
PLACES = 10


class Find(models.AbstractModel):
    """What a scanned or typed text names, as plain data: a constant number of queries."""

    _name = "cantoneira.find"
    _description = "Find in stock"

    @api.model
    def find(self, text):
        """Look for a reel's number or batch, a product's code, or words of its name.

        :return: ``{"things": [...], "more": bool}``; of each thing what is on hand, free and
            expected, and the places where it stands, who came first in front.
        """
        self.env["stock.quant"].check_access("read")
        if not (text := clean_code(text)):
            return {"things": [], "more": False}
        reels = self._reels(text)
        products = reels.product_id or self._by_code(text) or self._by_words(text)
        shown = products[:THINGS]
        places, totals = self._places(shown, reels)
        report = self._availability(shown)
        expected = self._expected(shown)
        things = [
            {
                **self._thing(product, report.get(product)),
                "expected": len(expected.get(product, ())),
                "places": [self._place(quant) for quant in places.get(product, ())],
                "hidden": totals.get(product, 0) - len(places.get(product, ())),
            }
            for product in shown
        ]
        return {"things": things, "more": len(products) > THINGS}

    # ------------------------------------------------------------------ what it is
    @api.model
    def _reels(self, text):
        pattern = escape_psql(text)
        return self.env["stock.lot"].search(
            Domain("name", "=ilike", pattern) | Domain("supplier_batch", "=ilike", pattern),
            limit=THINGS,
        )

    @api.model
    def _by_code(self, text):
        """By the code of the product, or of a pack of it."""
        packs = self.env["product.uom"].search([("barcode", "=", text)])
        pattern = escape_psql(text)
        return self.env["product.product"].search(
            Domain("is_storable", "=", True)
            & (
                Domain("barcode", "=", text)
                | Domain("default_code", "=ilike", pattern)
                | Domain("id", "in", packs.product_id.ids)
            ),
            limit=THINGS,
        )

    @api.model
    def _by_words(self, text):
        words = [Domain("name", "ilike", escape_psql(word)) for word in text.split()]
        return self.env["product.product"].search(
            Domain.AND([Domain("is_storable", "=", True), *words]), limit=THINGS + 1
        )

    @api.model
    def _thing(self, product, there):
        on_hand, free = (there.on_hand, there.free) if there else (0, 0)
        return {
            "id": product.id,
            "name": product.display_name,
            "unit": product.uom_id.name,
            "on_hand": on_hand,
            "free": free,
            "level": alert_level(free, product.min_stock_qty, product.reorder_point_qty).value,
        }

    @api.model
    def _availability(self, products):
        warehouse = self._warehouse()
        report = self.env["cantoneira.availability"]._report(dict.fromkeys(products, 0), warehouse)
        return {entry.product.with_env(self.env): entry for entry in report}

    @api.model
    def _warehouse(self):
        return self.env.user._get_default_warehouse_id()

    # ------------------------------------------------------------------ where it is
    @api.model
    def _places(self, products, reels):
        """``({product: its first places}, {product: how many places})``."""
        quants = self.env["stock.quant"]
        domain = [
            ("product_id", "in", products.ids),
            ("location_id.usage", "=", "internal"),
            ("quantity", "!=", 0),
        ]
        if reels:
            domain.append(("lot_id", "in", reels.ids))
        quants.flush_model(["in_date", "product_id"])
        query = quants._search(domain)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM (SELECT quant.id, row_number() OVER (
                            PARTITION BY quant.product_id ORDER BY quant.in_date, quant.id
                        ) AS place
                          FROM stock_quant quant WHERE quant.id IN %s) ranked
                 WHERE place <= %s
                """,
                query.subselect(),
                PLACES,
            )
        )
        found = quants.browse([row_id for (row_id,) in rows]).sorted("in_date")
        totals = dict(quants._read_group(domain, ["product_id"], ["__count"]))
        return found.grouped("product_id"), totals

    @api.model
    def _place(self, quant):
        reel = quant.lot_id if quant.lot_id.is_reel else quant.lot_id.browse()
        states = dict(reel._fields["reel_state"]._description_selection(self.env))
        return {
            "id": quant.id,
            "place": quant.location_id.display_name,
            "lot": quant.lot_id.name or "",
            "is_reel": bool(reel),
            "state": states.get(reel.reel_state, ""),
            "blocked": reel.reel_blocked,
            "quantity": quant.quantity,
            "reserved": quant.reserved_quantity,
            "metres": reel.metres_left if reel else 0,
        }

    # ------------------------------------------------------------------ what comes
    @api.model
    def _expected(self, products):
        """``{product: receipts that are to bring it}``."""
        moves = self.env["cantoneira.arrival"]._open_receipts(products, self._warehouse())
        return {
            product.with_env(self.env): own.picking_id.with_env(self.env)
            for product, own in moves.items()
            if own.picking_id
        }

    @api.model
    def receive(self, product_id):
        """Open the receipt that is to bring this: its weighing, itself, or the list of several.

        :raises UserError: a sentence, when nothing is expected.
        """
        product = self.env["product.product"].browse(product_id)
        receipts = self._expected(product).get(product, self.env["stock.picking"])
        if not receipts:
            raise UserError(
                self.env._(
                    "No receipt of %(product)s is expected. Ask who buys for the purchase order.",
                    product=product.display_name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("cantoneira_stock.action_receipts")
        if len(receipts) > 1:
            return {**action, "domain": [("id", "in", receipts.ids)], "context": {}}
        if receipts.has_reels and product._is_reel_paper():
            return receipts.action_weigh_reels()
        return {**action, "res_id": receipts.id, "views": [(False, "form")], "view_mode": "form"}
