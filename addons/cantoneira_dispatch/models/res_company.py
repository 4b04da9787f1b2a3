from odoo import fields, models

from odoo.addons.cantoneira_stock.arithmetic import exact

from ..packing import Pallet


class ResCompany(models.Model):
    _inherit = "res.company"

    # Its tare and its largest load are settings of cantoneira_sale, which estimates with them.
    pallet_max_height_mm = fields.Float(
        "Greatest pallet height (mm)", digits=(10, 1), default=1200, help="Deck included."
    )
    pallet_deck_mm = fields.Float("Height of the deck (mm)", digits=(10, 1), default=150)
    pallet_width_mm = fields.Float("Pallet width (mm)", digits=(10, 1), default=1000)
    pallet_length_mm = fields.Float("Pallet length (mm)", digits=(10, 1), default=1200)
    gate_code_days = fields.Integer("Codes are valid for (days)", default=90)
    gate_required = fields.Boolean(
        "Deliveries leave only through the gate",
        help="Deliveries to customers have to be packed, and are done when the gate has let out "
        "all their pallets.",
    )
    gate_public_page = fields.Boolean(
        "Public page of a pallet",
        help="Who scans a label without logging in sees the order's number and which pallet of "
        "how many it is, and nothing else.",
    )

    _pallet_measures = models.Constraint(
        "CHECK (pallet_deck_mm >= 0 AND pallet_max_height_mm > pallet_deck_mm "
        "AND pallet_width_mm > 0 AND pallet_length_mm > 0)",
        "A pallet's greatest height must be above its deck, its width and length above zero.",
    )
    _gate_code_days_positive = models.Constraint(
        "CHECK (gate_code_days BETWEEN 1 AND 3650)",
        "A pallet's code is valid for at least one day, and for ten years at most (3,650 days).",
    )

    def _pallet(self) -> Pallet:
        """What a pallet of this company can take."""
        return Pallet(
            width_mm=exact(self.pallet_width_mm),
            length_mm=exact(self.pallet_length_mm),
            deck_mm=exact(self.pallet_deck_mm),
            max_height_mm=exact(self.pallet_max_height_mm),
            max_net_kg=exact(self.pallet_max_kg),
        )
