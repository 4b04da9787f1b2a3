from odoo import fields, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    holiday_date = fields.Date(
        "Holiday", index="btree_not_null", help="Of a holiday that the calendar of Brazil made."
    )
    holiday_kind = fields.Selection(
        [
            ("national", "National"),
            ("state", "State"),
            ("customary", "Customary"),
            ("municipal", "Municipal"),
        ],
        help="Customary: Carnival and Corpus Christi, which the law leaves to each company.",
    )
