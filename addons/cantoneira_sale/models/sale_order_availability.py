"""Is there paper for it? A light on every line of a quotation and one for the whole, saved or not.

The form asks with the values on the screen, when it has a moment: what is typed is not slowed
down by it. Nothing is locked or promised.
"""

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.models.arrival import Source
from odoo.addons.cantoneira_stock.tools import format_number

#: From good to bad: all is there; what is missing is on its way; something is missing.
STATES = ("ok", "coming", "missing")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    @api.readonly
    def get_line_needs(self, lines, warehouse_id=False):
        """Say what these lines need and whether it is there, papers summed over all of them.

        For the web client and for programs: plain data, texts in the user's language. Quantities
        are text as people read them. A constant number of queries.

        :param list lines: of ``{"key", "product_id", "product_uom_qty", "product_uom_id"}``
            (the unit is optional), or of ``{"id"}`` for a line to be read as it is saved.
        :param warehouse_id: that would deliver, else the user's.
        :return: ``{"state", "summary", "materials": [...], "lines": {key: {"state",
            "materials": [...]}}}``; ``state`` is one of :data:`STATES`, or False where nothing is
            needed from stock. A material is ``{"id", "name", "state", "detail", "when"}``.
        """
        self.check_access("read")
        warehouse = self.env["stock.warehouse"].browse(warehouse_id or []).exists()
        warehouse = warehouse or self.env.user._get_default_warehouse_id()
        asked = self._read_asked_lines(lines)
        needs_of = self.env["product.product"]._needs_of_each(
            [(product, quantity) for _key, product, quantity in asked], warehouse.company_id
        )
        needs = defaultdict(arithmetic.Decimal)
        for each in needs_of:
            for material, need in each.items():
                needs[material] += need
        needs = {material: float(need) for material, need in needs.items()}
        report = self.env["cantoneira.availability"]._report(needs, warehouse)
        arrivals = self.env["cantoneira.arrival"]._arrivals(
            {entry.product: entry.missing for entry in report if entry.missing}, warehouse
        )
        materials = {
            entry.product.id: self._describe_material(entry, arrivals.get(entry.product))
            for entry in report
        }
        worst = sorted(report, key=lambda entry: self._urgency(entry, materials))
        return {
            "state": self._worst_state(materials.values()),
            "summary": self._summary(worst, materials),
            "materials": [materials[entry.product.id] for entry in worst],
            "lines": {
                key: self._line_needs(each, worst, materials)
                for (key, _product, _quantity), each in zip(asked, needs_of, strict=True)
            },
        }

    @api.model
    def _read_asked_lines(self, lines):
        """``[(key, product, quantity in the product's unit)]`` of what can be needed from stock."""
        try:
            saved = self.order_line.browse([line["id"] for line in lines if "id" in line])
            asked = [line for line in lines if line.get("product_id") and "id" not in line]
            quantities = [self._asked_quantity(line) for line in asked]
            products = self.env["product.product"].browse([int(x["product_id"]) for x in asked])
            units = [int(x.get("product_uom_id") or 0) for x in asked]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise UserError(
                self.env._(
                    "Send each line as its key, product_id and product_uom_qty, or as the id of a "
                    "saved line."
                )
            ) from None
        known = set(products.exists()._ids)
        uoms = self.env["uom.uom"]
        found = [
            (
                str(line.id),
                line.product_id,
                line._metres_to_make(line.product_uom_qty),
                line.product_uom_id,
            )
            for line in saved.exists()
        ]
        found += [
            (str(line.get("key")), product, float(quantity), uoms.browse(unit or []))
            for line, product, quantity, unit in zip(
                asked, products, quantities, units, strict=True
            )
            if product.id in known
        ]
        return [
            (
                key,
                product,
                (unit or product.uom_id)._compute_quantity(qty, product.uom_id, round=False),
            )
            for key, product, qty, unit in found
            if product.type == "consu" and qty > 0
        ]

    @api.model
    def _asked_quantity(self, line):
        """How much of a described ``line`` is made or bought for it (Decimal): all.

        ``sale.order.line._metres_to_make`` of a line that may not be saved.

        :raises ValueError, TypeError: where something is no number
        """
        return arithmetic.exact(line.get("product_uom_qty") or 0)

    @api.model
    def _urgency(self, entry, materials):
        """What is missing first, and of it what is missing for the largest part."""
        part = entry.missing / entry.needed if entry.needed else 0
        return (-STATES.index(materials[entry.product.id]["state"]), -part)

    @api.model
    def _worst_state(self, materials):
        return max((each["state"] for each in materials), key=STATES.index, default=False)

    @api.model
    def _describe_material(self, entry, arrival):
        """In words, with when what is missing will be there: a receipt is on its way."""
        coming = arrival and arrival.source == Source.RECEIPT
        state = "ok" if not arrival else "coming" if coming else "missing"
        values = {
            "needed": self._kg(entry.needed),
            "free": self._kg(entry.free),
            "missing": self._kg(entry.missing),
            "unit": entry.product.uom_id.name,
        }
        if not entry.missing:
            detail = self.env._("needs %(needed)s %(unit)s, free %(free)s %(unit)s", **values)
        else:
            detail = self.env._(
                "needs %(needed)s %(unit)s, free %(free)s %(unit)s, missing %(missing)s %(unit)s",
                **values,
            )
        name = entry.product.display_name
        when = self.env["cantoneira.arrival"]._when(arrival) if arrival else ""
        return {
            "id": entry.product.id,
            "name": name,
            "state": state,
            "detail": detail,
            "when": when,
        }

    @api.model
    def _kg(self, quantity):
        return format_number(self.env, quantity)

    @api.model
    def _summary(self, worst, materials):
        """One short line: the worst material, and how many more are missing."""
        missing = [entry for entry in worst if entry.missing]
        if not missing:
            return self.env._("All in stock") if worst else ""
        first = missing[0]
        values = {
            "product": first.product.display_name,
            "missing": self._kg(first.missing),
            "unit": first.product.uom_id.name,
            "more": len(missing) - 1,
        }
        if len(missing) > 1:
            return self.env._(
                "Missing: %(product)s, %(missing)s %(unit)s, and %(more)s more", **values
            )
        return self.env._("Missing: %(product)s, %(missing)s %(unit)s", **values)

    @api.model
    def _line_needs(self, needs, worst, materials):
        """What one line takes of each material; the light is of the whole order's need."""
        own = [
            {**materials[entry.product.id], "own": self._own_part(entry, needs[entry.product])}
            for entry in worst
            if entry.product in needs
        ]
        return {"state": self._worst_state(own), "materials": own}

    @api.model
    def _own_part(self, entry, needed):
        """Empty where no other line takes of the material."""
        if entry.product.uom_id.compare(float(needed), entry.needed) == 0:
            return ""
        return self.env._(
            "this line: %(needed)s %(unit)s",
            needed=self._kg(needed),
            unit=entry.product.uom_id.name,
        )
