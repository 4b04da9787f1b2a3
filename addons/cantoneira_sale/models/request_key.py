"""Create an order once and only once, however often the request is repeated."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.cantoneira_stock.tools import LONGEST_CODE, clean_code

#: What a program may say of an order and of its lines.
ORDER_FIELDS = {
    "partner_id",
    "client_order_ref",
    "commitment_date",
    "note",
    "payment_term_id",
    "pricelist_id",
}
LINE_FIELDS = {
    "product_id",
    "name",
    "piece_qty",
    "piece_length_mm",
    "product_uom_qty",
    "price_basis",
    "basis_price",
    "price_unit",
    "discount",
}


class RequestKey(models.Model):
    """The keys under which programs have created orders."""

    _name = "cantoneira.request.key"
    _description = "Order created by a program"
    _rec_name = "key"

    key = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    order_id = fields.Many2one("sale.order", readonly=True, ondelete="cascade")

    _key_unique = models.UniqueIndex("(user_id, key)")

    @api.model
    def _claim(self, key):
        """Return whether this transaction is the first with ``key``, and the key's row.

        The row is inserted before anything else is done: a request that comes while another with
        the same key is at work waits for it, and then either sees its order or, in its old
        snapshot, fails to serialize and is run again by Odoo.
        """
        self.env.cr.execute(
            """
            INSERT INTO cantoneira_request_key (key, user_id, create_uid, create_date)
                 VALUES (%(key)s, %(user)s, %(user)s, now() AT TIME ZONE 'UTC')
            ON CONFLICT (user_id, key) DO NOTHING
              RETURNING id
            """,
            {"key": key, "user": self.env.uid},
        )
        if row := self.env.cr.fetchone():
            return True, self.browse(row[0])
        return False, self.search([("key", "=", key), ("user_id", "=", self.env.uid)])


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def create_once(self, key, values, confirm=False):
        """Create one order for ``key``, or return the one that was created for it.

        :param str key: chosen by the caller, one per order; the same key never makes a second
            order, even sent several times at once
        :param dict values: ``partner_id`` and any other of :meth:`_request_fields`, and ``lines``, a
            list of dicts of :data:`LINE_FIELDS`; lines of profiles give ``piece_qty`` and
            ``piece_length_mm`` (mm), the others ``product_uom_qty``
        :param bool confirm: confirm it too
        :return: as :meth:`read_summary`, with ``duplicate`` telling whether it existed already
        :raises UserError: with a sentence; nothing is created then and the key is still free
        """
        if not (own := clean_code(key)):
            raise UserError(
                self.env._(
                    "Give a key: a text of your own that names this order, of up to %(most)s "
                    "characters.",
                    most=LONGEST_CODE,
                )
            )
        order_values = self._request_values(values)
        # sudo: the table of keys is nobody's to write; a key only ever leads to an order that its own
        # user created.
        first, claim = self.env["cantoneira.request.key"].sudo()._claim(own)
        if first:
            order = self._for_program().create(order_values).with_env(self.env)
            claim.order_id = order
            if confirm:
                order._for_program().action_confirm()
        else:
            order = claim.order_id.with_env(self.env)
        return {**order.read_summary()[0], "duplicate": not first}

    @api.readonly
    def read_summary(self):
        """Return what a program asks of orders, a list of dicts.

        ``id``, ``name``, ``production_state``, ``delivery_status``, ``material_state`` (``ready``,
        ``waiting`` or False), ``is_late``, ``currency``, ``amount_total``, ``net_weight`` (kg),
        ``commitment_date`` and ``expected_date`` (UTC text or False), and ``lines`` as
        :meth:`_line_summary`.
        """
        self.check_access("read")
        return [
            {
                "id": order.id,
                "name": order.name,
                "production_state": order.production_state,
                "delivery_status": order.delivery_status or False,
                "material_state": order.material_state,
                "is_late": order.is_late,
                "currency": order.currency_id.name,
                "amount_total": order.amount_total,
                "net_weight": order.net_weight,
                "commitment_date": fields.Datetime.to_string(order.commitment_date) or False,
                "expected_date": fields.Datetime.to_string(order.expected_date) or False,
                "lines": [
                    line._line_summary() for line in order.order_line if not line.display_type
                ],
            }
            # sudo: dates and states are computed from deliveries and production, which whoever
            # may read the order need not be allowed to see.
            for order in self.sudo()
        ]

    @api.model
    def _request_fields(self):
        """Names of what a program may give an order; addons above add theirs."""
        return ORDER_FIELDS

    @api.model
    def _check_request(self, values):
        """Return the lines in ``values``, or say what is wrong with them."""
        if not isinstance(values, dict) or not values.get("partner_id"):
            raise ValidationError(self.env._("Say which customer the order is for: partner_id."))
        lines = values.get("lines")
        if not isinstance(lines, list) or not lines:
            raise ValidationError(self.env._("Give the order at least one line: lines."))
        known = self._request_fields() | {"lines"}
        if unknown := values.keys() - known:
            raise self._unknown_fields(unknown, known)
        for number, line in enumerate(lines, start=1):
            if not isinstance(line, dict) or not line.get("product_id"):
                raise ValidationError(
                    self.env._("Line %s: say which product it is: product_id.", number)
                )
            if unknown := line.keys() - LINE_FIELDS:
                raise self._unknown_fields(unknown, LINE_FIELDS)
            if {"piece_qty", "piece_length_mm"} & line.keys():
                # Here, while they are as they were sent: the order would convert them first.
                self.env["sale.order.line"]._check_measures(
                    line.get("piece_qty"), line.get("piece_length_mm")
                )
        return lines

    @api.model
    def _unknown_fields(self, unknown, known):
        return ValidationError(
            self.env._(
                "%(unknown)s cannot be given here. Known: %(known)s.",
                unknown=", ".join(sorted(map(str, unknown))),
                known=", ".join(sorted(known)),
            )
        )
