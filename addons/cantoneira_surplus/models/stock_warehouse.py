from odoo import api, fields, models

from odoo.addons.cantoneira_stock.tools import format_number


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    surplus_location_id = fields.Many2one(
        "stock.location",
        "Surplus location",
        readonly=True,
        copy=False,
        check_company=True,
        help="Where pieces lie that nobody ordered, each length in a place of its own.",
    )

    def _surplus_place(self, length_mm):
        """The place of this warehouse for surplus of ``length_mm``, made when it is first needed."""
        self.ensure_one()
        # sudo: who closes an order may not make locations by hand. In the company's language,
        # because core keeps one name per location.
        warehouse = self.sudo()
        warehouse = warehouse.with_context(lang=warehouse.company_id.partner_id.lang)
        if not warehouse.surplus_location_id:
            warehouse.surplus_location_id = warehouse._make_surplus_place(
                warehouse.env._("Surplus"), warehouse.view_location_id, usage="view"
            )
        parent = warehouse.surplus_location_id
        place = parent.child_ids.filtered(lambda each: each.piece_length_mm == length_mm)[:1]
        return place or warehouse._make_surplus_place(
            f"{format_number(warehouse.env, length_mm, 2)} mm",
            parent,
            usage="internal",
            piece_length_mm=length_mm,
        )

    @api.model
    def _make_surplus_place(self, name, parent, **values):
        return self.env["stock.location"].create(
            {
                "name": name,
                "location_id": parent.id,
                "company_id": self.company_id.id,
                **values,
            }
        )
