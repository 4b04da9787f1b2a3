"""Quantities are exact to six digits and show only the digits that say something.

The precision *Product Unit* is six digits, so that half a millimetre and a milligram are
exact. Without this file every quantity of Odoo would read ``25.000000``.
"""

from odoo import api, models

PRECISION = "Product Unit"
#: Digits that are always shown.
MIN_DIGITS = 2


def _is_quantity(field):
    """Whether ``field`` holds quantities with the precision of a unit and no wish of its own."""
    return getattr(field, "_digits", None) == PRECISION and not field._min_display_digits


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Tell the web client how many digits to show (tests/test_quantity_display.py)."""
        descriptions = super().fields_get(allfields, attributes)
        if attributes is None or "min_display_digits" in attributes:
            for name, description in descriptions.items():
                if _is_quantity(self._fields.get(name)):
                    description["min_display_digits"] = MIN_DIGITS
        return descriptions


class FloatConverter(models.AbstractModel):
    _inherit = "ir.qweb.field.float"

    @api.model
    def record_to_html(self, record, field_name, options):
        """The same in documents, for fields (tests/test_quantity_display.py)."""
        explicit = {"precision", "decimal_precision", "min_precision"} & options.keys()
        if not explicit and _is_quantity(record._fields[field_name]):
            options = dict(options, min_precision=MIN_DIGITS)
        return super().record_to_html(record, field_name, options)

    @api.model
    def value_to_html(self, value, options):
        """The same in documents, for numbers (tests/test_quantity_display.py)."""
        if options.get("decimal_precision") == PRECISION and not options.get("min_precision"):
            options = dict(options, min_precision=MIN_DIGITS)
        return super().value_to_html(value, options)
