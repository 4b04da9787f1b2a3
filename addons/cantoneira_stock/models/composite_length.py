"""Composite length: so many pieces of so many millimetres, wherever metres are moved.

Two abstract models, one idea. A record of a profile that is sold in pieces × length
carries ``piece_length_mm`` beside its quantity in metres:

* :class:`CompositeLengthMixin` is for records whose metres are given (stock moves,
  invoice lines): the length is copied down to them and the pieces follow.
* :class:`CompositeInputMixin` is for records a person types (sale lines, quotation
  templates, manufacturing orders): pieces and length are the input and metres follow.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from .. import arithmetic
from ..arithmetic import MeasureProblem
from ..tools import format_number


def _depends(*names):
    """Depend on ``names``, ``metres`` standing for the fields that give the model's metres.

    The abstract models themselves have neither product nor quantity.
    """

    def resolve(model):
        if model._abstract:
            return ()
        metres = model._composite_metres_depends or (model._composite_quantity_field,)
        return [name for n in names for name in (metres if n == "metres" else (n,))]

    return resolve


class CompositeLengthMixin(models.AbstractModel):
    """Pieces × length of a record whose metres are given.

    Contract for the inheriting model:

    * it has ``product_id`` (``product.product``) and a quantity in metres in the field
      named by ``_composite_quantity_field``; where more fields decide (demand or done) it
      overrides ``_composite_metres`` and names them in ``_composite_metres_depends``;
    * it copies ``piece_length_mm`` (mm, 0 for what has no length) from its origin;
    * ``piece_qty`` is the number of whole pieces in its metres, and what is left of a
      piece shows in ``composite_label``.
    """

    _name = "cantoneira.composite.length.mixin"
    _description = "Metres that are so many pieces of one length"

    _composite_quantity_field = "product_uom_qty"
    _composite_metres_depends = ()

    piece_qty = fields.Integer("Pieces", compute="_compute_piece_qty")
    piece_length_mm = fields.Float(
        "Length (mm)",
        digits=(10, 2),
        copy=True,
        help="Length of each piece, in whole or half millimetres.",
    )
    is_composite = fields.Boolean(compute="_compute_is_composite")
    composite_label = fields.Char("Pieces × length", compute="_compute_composite_label")
    composite_weight = fields.Float(
        "Net weight (kg)",
        digits=(16, 3),
        compute="_compute_composite_weight",
        help="Metres × the profile's weight per metre.",
    )

    @api.depends(_depends("product_id.composite_length"))
    def _compute_is_composite(self):
        for record in self:
            record.is_composite = record.product_id.composite_length

    @api.depends(_depends("metres", "piece_length_mm"))
    def _compute_piece_qty(self):
        for record in self:
            record.piece_qty = int(record._composite_pieces())

    @api.depends(_depends("metres", "piece_length_mm", "piece_qty"))
    @api.depends_context("lang")
    def _compute_composite_label(self):
        for record in self:
            record.composite_label = record._format_composite()

    @api.depends(_depends("metres", "product_id.linear_weight"))
    def _compute_composite_weight(self):
        for record in self:
            record.composite_weight = float(
                arithmetic.material_kg(record._composite_metres(), record._composite_grams())
            )

    def _composite_metres(self):
        """Metres of this record, as a float in the product's unit."""
        return self[self._composite_quantity_field]

    def _composite_grams(self):
        """Grams in one metre of this record's product."""
        return self.product_id.linear_weight

    def _composite_pieces(self):
        """Pieces in this record's metres, a Decimal, whole unless metres were cut freely."""
        return arithmetic.pieces_in(self._composite_metres(), self.piece_length_mm)

    def _format_composite(self):
        """Text for people: ``10 pcs × 2,500 mm``, False where there is no length."""
        if not self.piece_length_mm:
            return False
        return self._format_pieces(self._composite_pieces(), self.piece_length_mm)

    @api.model
    def _format_metres(self, metres):
        """Write a quantity in the user's language: ``3,711``."""
        return format_number(self.env, metres or 0, arithmetic.QUANTITY_DIGITS)

    @api.model
    def _format_pieces(self, pieces, length_mm):
        """Write ``pieces`` (Decimal, a fraction where metres were cut freely) of ``length_mm``."""
        text = self.env._(
            "%(pieces)s pcs × %(length)s mm",
            pieces=format_number(self.env, int(pieces), 0),
            length=format_number(self.env, length_mm, 2),
        )
        if rest := (pieces % 1) * arithmetic.exact(length_mm):
            text += f" + {format_number(self.env, rest, 1)} mm"
        return text


class CompositeInputMixin(models.AbstractModel):
    """Pieces × length as a person types them; metres are computed, never the other way.

    Contract, on top of :class:`CompositeLengthMixin`'s:

    * ``create`` and ``write`` accept ``piece_qty`` and ``piece_length_mm`` and put the metres
      that follow into ``vals`` under ``_composite_quantity_field``, so that whatever core hangs
      on that field being written (procurements, MO changes) happens;
    * a number of pieces or a length that cannot be, or metres that contradict them, raise
      :class:`~odoo.exceptions.ValidationError` and nothing is saved;
    * with ``_composite_required`` a record of a composite product cannot be saved without them;
    * with ``_composite_follows_metres`` metres written alone (by core: a procurement, a backorder)
      give the pieces; without it they are refused when they contradict the pieces;
    * ``_composite_changing`` is called before the values are written.

    List this model *before* the model it extends in ``_inherit``: the metres must be in ``vals``
    when core's own ``write`` looks at them.
    """

    _name = "cantoneira.composite.input.mixin"
    _inherit = ["cantoneira.composite.length.mixin"]
    _description = "Pieces × length that give the metres"

    _composite_required = True
    _composite_follows_metres = False

    piece_qty = fields.Integer(
        compute="_compute_piece_qty", store=True, readonly=False, precompute=True
    )
    piece_length_mm = fields.Float(
        compute="_compute_piece_length_mm", store=True, readonly=False, precompute=True
    )

    @api.depends(_depends("product_id"))
    def _compute_piece_qty(self):
        """What is not sold by length has no pieces."""
        for record in self:
            record.piece_qty = record.piece_qty if record.is_composite else 0

    @api.depends(_depends("product_id"))
    def _compute_piece_length_mm(self):
        for record in self:
            record.piece_length_mm = record.piece_length_mm if record.is_composite else 0

    def _composite_pieces(self):
        return arithmetic.exact(self.piece_qty)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._fill_composite_quantity(vals) for vals in vals_list])

    def write(self, vals):
        """Add the metres to ``vals``: one ``super().write`` per resulting quantity."""
        if not self._touches_composite(vals):
            return super().write(vals)
        batches = {}
        for record in self:
            filled = record._fill_composite_quantity(vals)
            key = tuple(filled.get(n) for n in (self._composite_quantity_field, "piece_qty"))
            records, _filled = batches.get(key, (self.browse(), filled))
            batches[key] = (records | record, filled)
        for records, filled in batches.values():
            records._composite_changing(filled)
            super(CompositeInputMixin, records).write(filled)
        return True

    @api.model
    def _touches_composite(self, vals):
        names = {"piece_qty", "piece_length_mm"}
        if self._composite_follows_metres:
            names.add(self._composite_quantity_field)
        return bool(names & vals.keys())

    def _composite_changing(self, vals):
        """Called with the complete values before they are written to these records."""

    def _fill_composite_quantity(self, vals):
        """Return ``vals`` with the metres that its pieces and length give.

        ``self`` is empty for a creation, or the record that completes ``vals``.
        """
        name = self._composite_quantity_field
        length = vals.get("piece_length_mm", self.piece_length_mm)
        if self._composite_follows_metres and name in vals and "piece_qty" not in vals:
            pieces = arithmetic.pieces_in(vals[name], length)
            return {**vals, "piece_qty": int(pieces)} if length else vals
        pieces = vals.get("piece_qty", self.piece_qty)
        if not pieces and not length:
            return vals
        self._check_measures(pieces, length)
        quantity = self._composite_quantity(pieces, length)
        if name in vals and self._quantities_differ(vals[name], quantity):
            raise self._contradiction(pieces, length, vals[name])
        return {**vals, name: quantity}

    @api.model
    def _composite_quantity(self, pieces, length_mm):
        """Metres in ``pieces`` of ``length_mm``, rounded once to the digits of the column."""
        total = arithmetic.metres(pieces, length_mm)
        return float(arithmetic.round_half_up(total, arithmetic.QUANTITY_DIGITS))

    @api.model
    def _quantities_differ(self, one, other):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return float_compare(one, other, precision_digits=digits) != 0

    def _composite_subject(self):
        """Name the record in an error message."""
        return self.product_id.display_name or self.env._("Edge protector")

    def _check_measures(self, pieces, length_mm):
        """Raise a sentence for a number of pieces or a length that cannot be.

        Looks at the values as they were sent: an integer column would cut 2.5 to 2 silently.
        """
        if problem := arithmetic.pieces_problem(pieces):
            raise ValidationError(self._pieces_sentence(problem, pieces))
        if problem := arithmetic.length_problem(length_mm):
            raise ValidationError(self._length_sentence(problem, length_mm))

    def _pieces_sentence(self, problem, pieces):
        values = {
            "product": self._composite_subject(),
            "value": pieces or 0,
            "largest": format_number(self.env, arithmetic.MAX_PIECES),
        }
        match problem:
            case MeasureProblem.FRACTION:
                return self.env._(
                    "%(product)s: %(value)s pieces cannot be cut. Type a whole number of pieces.",
                    **values,
                )
            case MeasureProblem.TOO_LARGE:
                return self.env._(
                    "%(product)s: %(value)s pieces are too many for one line. Type at most "
                    "%(largest)s, or split the line.",
                    **values,
                )
            case _:
                return self.env._(
                    "%(product)s: type how many pieces, a whole number above zero "
                    "(it is %(value)s).",
                    **values,
                )

    def _length_sentence(self, problem, length_mm):
        values = {
            "product": self._composite_subject(),
            "value": length_mm or 0,
            "largest": format_number(self.env, arithmetic.MAX_LENGTH_MM),
        }
        match problem:
            case MeasureProblem.FRACTION:
                return self.env._(
                    "%(product)s: %(value)s mm cannot be cut. Type the length in whole or half "
                    "millimetres.",
                    **values,
                )
            case MeasureProblem.TOO_LARGE:
                return self.env._(
                    "%(product)s: %(value)s mm is longer than %(largest)s mm (20 m), the longest "
                    "piece. Lengths are typed in millimetres.",
                    **values,
                )
            case _:
                return self.env._(
                    "%(product)s: type the length of each piece in millimetres, above zero "
                    "(it is %(value)s).",
                    **values,
                )

    def _contradiction(self, pieces, length_mm, quantity):
        return ValidationError(
            self.env._(
                "%(product)s: %(pieces)s pieces of %(length)s mm make %(metres)s m, not "
                "%(quantity)s. Type pieces and length only; the metres follow.",
                product=self._composite_subject(),
                pieces=format_number(self.env, pieces, 0),
                length=format_number(self.env, length_mm, 2),
                metres=format_number(self.env, arithmetic.metres(pieces, length_mm), 6),
                quantity=format_number(self.env, quantity, 6),
            )
        )

    def _not_composite(self):
        return ValidationError(
            self.env._(
                "%s is not sold in pieces × length. Type its quantity only, or tick "
                "“Sold in pieces × length” on the product.",
                self._composite_subject(),
            )
        )

    @api.constrains(_depends("product_id", "metres", "piece_qty", "piece_length_mm"))
    def _check_composite(self):
        """Last line of defence, for values that reached the columns on another way."""
        for record in self:
            pieces, length = record.piece_qty, record.piece_length_mm
            if not record.is_composite and (pieces or length):
                raise record._not_composite()
            if not (pieces or length or (record.is_composite and record._composite_required)):
                continue
            record._check_measures(pieces, length)
            quantity = record[self._composite_quantity_field]
            if self._quantities_differ(quantity, self._composite_quantity(pieces, length)):
                raise record._contradiction(pieces, length, quantity)
