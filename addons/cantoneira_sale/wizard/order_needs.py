from odoo import api, fields, models

QUANTITIES = ("needed", "on_hand", "promised", "free", "forecast", "missing")


class OrderNeeds(models.TransientModel):
    """What a quotation needs of each material and whether it is there, on one small screen.

    Looking promises nothing and locks nothing; confirming asks again.
    """

    _name = "cantoneira.order.needs"
    _description = "Materials of the order"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    line_ids = fields.One2many("cantoneira.order.needs.line", "needs_id", readonly=True)
    is_missing = fields.Boolean(compute="_compute_is_missing")

    @api.depends("line_ids.missing")
    def _compute_is_missing(self):
        for needs in self:
            needs.is_missing = any(line.missing for line in needs.line_ids)


class OrderNeedsLine(models.TransientModel):
    _name = "cantoneira.order.needs.line"
    _description = "Material of the order"
    _order = "id"

    needs_id = fields.Many2one("cantoneira.order.needs", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", "Material", readonly=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    needed = fields.Float(digits="Product Unit", readonly=True)
    on_hand = fields.Float(digits="Product Unit", readonly=True)
    promised = fields.Float(
        digits="Product Unit", readonly=True, help="To other orders, reserved or not."
    )
    free = fields.Float(digits="Product Unit", readonly=True, help="On hand minus promised.")
    forecast = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Free at the promised date, with what is to arrive until then.",
    )
    missing = fields.Float(digits="Product Unit", readonly=True)
    arrival = fields.Char("When", readonly=True, help="When what is missing will be there.")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_show_needs(self):
        """Open what this quotation needs, every paper summed over its lines."""
        self.ensure_one()
        date = self.commitment_date or self.expected_date
        needs = self.env["product.product"]._material_needs(
            self.order_line._quantities_by_product(), self.company_id
        )
        report = self.env["cantoneira.availability"]._report(needs, self.warehouse_id, date)
        service = self.env["cantoneira.arrival"]
        arrivals = service._arrivals(
            {entry.product: entry.missing for entry in report if entry.missing}, self.warehouse_id
        )
        when = {product: service._when(arrival) for product, arrival in arrivals.items()}
        # What is missing is read first.
        report.sort(key=lambda entry: not entry.missing)
        wizard = self.env["cantoneira.order.needs"].create(
            {
                "order_id": self.id,
                "line_ids": [
                    fields.Command.create(
                        {
                            "product_id": entry.product.id,
                            "arrival": when.get(entry.product, False),
                            **{name: getattr(entry, name) for name in QUANTITIES},
                        }
                    )
                    for entry in report
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Materials of %s", self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _quantities_by_product(self):
        """``{product: [quantity of each line]}`` of what is made or taken from the shelf for them.

        In the products' units.
        """
        quantities = {}
        for line in self.filtered(lambda line: line.product_id.type == "consu"):
            unit = line.product_id.uom_id
            quantity = line._metres_to_make(line.product_uom_qty)
            if not quantity:
                continue
            quantity = line.product_uom_id._compute_quantity(quantity, unit, round=False)
            quantities.setdefault(line.product_id, []).append(quantity)
        return quantities
