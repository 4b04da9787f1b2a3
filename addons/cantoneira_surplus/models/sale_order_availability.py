"""The lights of a quotation: what is to come from surplus takes no paper, if it is there."""

from collections import defaultdict
from typing import NamedTuple

from odoo import api, models

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number


class Wish(NamedTuple):
    """So many pieces of a line, saved or not, are to come from surplus."""

    key: str
    product: models.Model
    length_mm: float
    pieces: int


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    @api.readonly
    def get_line_needs(self, lines, warehouse_id=False):
        """Say of each line what surplus it takes, too, and whether that is there.

        A described line may say ``surplus_piece_qty`` and ``piece_length_mm``. Lines without a
        wish cost no query. Guarded by ``test_lights``.
        """
        answer = super().get_line_needs(lines, warehouse_id)
        if wishes := self._asked_surplus(lines):
            warehouse = self.env["stock.warehouse"].browse(warehouse_id or []).exists()
            warehouse = warehouse or self.env.user._get_default_warehouse_id()
            self._tell_surplus(answer, wishes, warehouse)
        return answer

    @api.model
    def _asked_quantity(self, line):
        """What comes from surplus is not made. Guarded by ``test_lights``."""
        quantity = super()._asked_quantity(line)
        pieces = line.get("surplus_piece_qty")
        if not pieces or quantity <= 0:
            return quantity
        taken = arithmetic.metres(pieces, line.get("piece_length_mm") or 0)
        return max(quantity - taken, arithmetic.exact(0))

    @api.model
    def _asked_surplus(self, lines):
        """The wishes of lines that :meth:`_read_asked_lines` has read without complaint."""
        products = self.env["product.product"]
        wishes = [
            Wish(
                str(line.get("key")),
                products.browse(int(line["product_id"])),
                float(line.get("piece_length_mm") or 0),
                int(arithmetic.exact(line["surplus_piece_qty"])),
            )
            for line in lines
            if "id" not in line and line.get("product_id") and line.get("surplus_piece_qty")
        ]
        known = products.concat(*(wish.product for wish in wishes)).exists() if wishes else products
        wishes = [wish for wish in wishes if wish.product in known]
        saved = self.order_line.browse([line["id"] for line in lines if "id" in line]).exists()
        return wishes + [
            Wish(str(line.id), line.product_id, line.piece_length_mm, line.surplus_piece_qty)
            for line in saved
            if line.surplus_piece_qty
        ]

    @api.model
    def _tell_surplus(self, answer, wishes, warehouse):
        """Add to ``answer`` what each wish takes; one query."""
        products = self.env["product.product"].concat(*(wish.product for wish in wishes))
        free = self.env["cantoneira.surplus"]._free(products, warehouse)
        asked = defaultdict(int)
        for wish in wishes:
            asked[wish.product.id, wish.length_mm, warehouse.id] += wish.pieces
        for wish in wishes:
            key = (wish.product.id, wish.length_mm, warehouse.id)
            row = self._describe_surplus(wish, asked[key], free.get(key, 0))
            if row["state"] == "missing" and answer["state"] != "missing":
                answer["summary"] = self.env._("Missing: surplus of %s", row["name"])
            elif not answer["state"]:
                answer["summary"] = self.env._("From surplus")
            own = answer["lines"].setdefault(wish.key, {"state": False, "materials": []})
            own["materials"].append(row)
            for each in (own, answer):
                each["state"] = self._worst_state([row, each] if each["state"] else [row])

    @api.model
    def _describe_surplus(self, wish, asked, free):
        """One row of the dialog, in words; ``asked`` is of all lines of this length."""
        values = {
            "pieces": format_number(self.env, wish.pieces, 0),
            "length": format_number(self.env, wish.length_mm, 2),
            "free": format_number(self.env, free, 0),
        }
        return {
            "id": f"surplus-{wish.key}",
            "name": wish.product.display_name,
            "state": "ok" if asked <= free else "missing",
            "own": "",
            "detail": self.env._(
                "%(pieces)s pcs × %(length)s mm from surplus, free %(free)s pcs", **values
            ),
            "when": "",
        }
