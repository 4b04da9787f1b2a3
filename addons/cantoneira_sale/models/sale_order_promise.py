"""The date an order can be promised for: shown before confirming, kept afterwards."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.cantoneira_mrp.models.machine_queue import OPEN_STATES, Run

#: What a program may say of an order whose date it asks for, besides its lines.
PROMISE_FIELDS = {"partner_id", "warehouse_id", "carrier_id", "commitment_date"}
#: What matters of a line.
PROMISE_LINE_FIELDS = {
    "product_id",
    "product_uom_qty",
    "product_uom_id",
    "piece_qty",
    "piece_length_mm",
}
#: Hours of one day are one promise: a date typed in a form is the start of its day.
DAY = "%Y-%m-%d"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    earliest_date = fields.Datetime(
        "Date that can be kept",
        copy=False,
        readonly=True,
        help="What was calculated when the order was confirmed, or at the last update: the later "
        "of the production line's queue and the last missing material, plus the delivery.",
    )
    earliest_date_reason = fields.Text("Why this date", copy=False, readonly=True)

    # ------------------------------------------------------------ for programs
    @api.readonly
    def get_promise(self):
        """Return, for each order, the date that can be promised and why; read only.

        A list of dicts: ``order_id``, ``date`` (UTC text, False when nobody can tell), ``reason``
        (a sentence in the user's language), ``ready``, ``lead_days``, ``machines``,
        ``materials``, ``doubts``, ``typed_too_early``. A quotation stands behind everything that
        is open; a confirmed order where its manufacturing orders stand. ``date`` and ``reason``
        are False when there is nothing (left) to deliver.
        """
        self.check_access("read")
        orders = self._for_program()
        return [order._promise_as_dict(order._get_promise()) for order in orders]

    @api.model
    @api.readonly
    def promise_date(self, values):
        """Return the date that could be promised for lines nobody has ordered yet; read only.

        :param dict values: ``lines``, a list of dicts of :data:`PROMISE_LINE_FIELDS` (profiles:
            ``piece_qty`` and ``piece_length_mm`` in mm; others ``product_uom_qty``), and any of
            :data:`PROMISE_FIELDS`
        :return: as one of :meth:`get_promise`
        :raises ValidationError: with a sentence, for what cannot be read
        """
        self.browse().check_access("read")
        lines = self._check_promise_request(values)
        known = {name: values[name] for name in PROMISE_FIELDS & values.keys() if values[name]}
        order = self._for_program().new({**known, "order_line": [(0, 0, line) for line in lines]})
        return order._promise_as_dict(order._get_promise())

    @api.model
    def _check_promise_request(self, values):
        if not isinstance(values, dict) or not isinstance(values.get("lines"), list):
            raise ValidationError(self.env._("Give the order at least one line: lines."))
        if unknown := values.keys() - PROMISE_FIELDS - {"lines"}:
            raise self._unknown_fields(unknown, PROMISE_FIELDS | {"lines"})
        order = {name: value for name, value in values.items() if name != "lines"}
        self._check_kinds(order, self.env._("Order"), self)
        lines = values["lines"]
        for number, line in enumerate(lines, start=1):
            if not isinstance(line, dict) or not isinstance(line.get("product_id"), int):
                raise ValidationError(
                    self.env._("Line %s: say which product it is: product_id.", number)
                )
            if unknown := line.keys() - PROMISE_LINE_FIELDS:
                raise self._unknown_fields(unknown, PROMISE_LINE_FIELDS)
            if line.get("piece_qty") or line.get("piece_length_mm"):
                self.env["sale.order.line"]._check_measures(
                    line.get("piece_qty"), line.get("piece_length_mm")
                )
            line_model = self.env["sale.order.line"]
            self._check_kinds(line, self.env._("Line %s", number), line_model)
        products = self.env["product.product"].browse({line["product_id"] for line in lines})
        if missing := products - products.exists():
            raise ValidationError(
                self.env._("There is no product %s.", ", ".join(map(str, missing.ids)))
            )
        return lines

    def _promise_as_dict(self, promise):
        values = {"order_id": self._origin.id or self.id or False}
        if not promise:
            return {
                **values,
                **dict.fromkeys(("date", "ready", "reason", "typed_too_early"), False),
                **{name: [] for name in ("machines", "materials", "doubts")},
                "lead_days": self._delivery_lead_days(),
            }
        early = self._is_earlier(promise)
        return {**values, **promise.as_dict(), "typed_too_early": early}

    # ------------------------------------------------------------ calculation
    def _delivery_lead_days(self):
        """Business days from the gate to the customer: the carrier's, else the company's."""
        return (
            self.carrier_id.delivery_lead_days
            if self.carrier_id
            else self.company_id.delivery_lead_days
        )

    def _get_promise(self):
        """Return this order's :class:`Promise`, None when there is nothing (left) to deliver."""
        self.ensure_one()
        if self.state == "cancel":
            return None
        service = self.env["cantoneira.promise.date"]
        warehouse, lead = self.warehouse_id, self._delivery_lead_days()
        if self.state == "sale":
            # sudo: production and deliveries of one's own order; only dates are told.
            lines = self.sudo().order_line
            open_orders = lines.production_ids.filtered(lambda p: p.state in OPEN_STATES)
            goods = lines.filtered(lambda line: not line._is_made()).move_ids.filtered(
                lambda move: move.state not in ("done", "cancel")
            )
            waiting = lines.move_ids.filtered(
                lambda move: (
                    move.state not in ("done", "cancel") and move.location_dest_usage == "customer"
                )
            )
            if not open_orders and not waiting:
                return None
            return service._for_productions(open_orders, goods, warehouse, lead)
        return self._get_promise_of_lines(*self.order_line._runs_and_goods())

    def _is_earlier(self, promise):
        """Whether the date somebody typed is an earlier day than the one that can be kept."""
        typed = self.commitment_date
        if not typed or not promise or not promise.date:
            return False
        local = [self._local_day(moment) for moment in (typed, promise.date)]
        return local[0] < local[1]

    def _local_day(self, moment):
        return fields.Datetime.context_timestamp(self, moment).strftime(DAY)

    # ------------------------------------------------------------ typed by hand
    @api.onchange("commitment_date")
    def _onchange_commitment_date(self):
        """Warn with the reason. Guarded by ``test_typed_too_early``.

        Core compares with lead times of the products, at every line that is typed; here the date
        is compared when it is typed, and nothing else asks for it.
        """
        if not self.commitment_date or self.state not in ("draft", "sent"):
            return None
        promise = self._get_promise()
        if not self._is_earlier(promise):
            return None
        return {
            "warning": {
                "title": self.env._("This date cannot be kept"),
                "message": self._early_sentence(promise),
            }
        }

    def _early_sentence(self, promise):
        return self.env._(
            "%(typed)s is earlier than the date that can be kept, %(date)s: %(reason)s.",
            typed=format_date(self.env, self._local_day(self.commitment_date)),
            date=format_date(self.env, self._local_day(promise.date)),
            reason=promise.reason,
        )

    # ------------------------------------------------------------ kept
    def _keep_promise(self):
        """Write the date that can be kept to this order, which is being confirmed.

        A date typed by hand stays; that it is too early, or that nobody knows the date, goes
        into the chatter.

        :return: the order, with the slots of its manufacturing orders in the context (see
            ``stock.rule._prepare_mo_vals``).
        """
        self.ensure_one()
        runs, goods = self.order_line._runs_and_goods()
        # Two who confirm at once do not take the same place in a queue. sudo: the counter of a
        # machine is changed, nothing else, by who may confirm the order.
        products = {run.product: True for run in runs}
        machines = (
            self.env["cantoneira.machine.queue"].sudo()._machines_of(products, self.company_id)
        )
        self.env["mrp.workcenter"].sudo().concat(*set(machines.values()))._pass_queue()
        promise = self._get_promise_of_lines(runs, goods)
        if not promise:
            return self
        typed = self.commitment_date and self.commitment_date != self.earliest_date
        values = {"earliest_date": promise.date, "earliest_date_reason": promise.reason}
        if promise.date and not typed:
            values["commitment_date"] = promise.date
        self.write(values)
        self._note_promise(promise)
        # Who asks for a later date is made in time for it, not as soon as possible.
        later = typed and promise.date and not self._is_earlier(promise)
        return self if later else self._with_slots(promise.slots)

    def _with_slots(self, slots):
        """These orders, whose production is planned into these slots."""
        return self.with_context(promise_slots=slots, slots_given=True)

    def _note_promise(self, promise):
        """Keep in the chatter what was promised in spite of the calculation."""
        if self.env.context.get("tracking_disable"):
            return
        if self._is_earlier(promise):
            self.message_post(body=self._early_sentence(promise))
        elif not promise.date:
            self.message_post(
                body=self.env._("No date can be promised: %(reason)s.", reason=promise.reason)
            )

    def _get_promise_of_lines(self, runs, goods):
        if not runs and not goods:
            return None
        service = self.env["cantoneira.promise.date"]
        return service._for_lines(runs, goods, self.warehouse_id, self._delivery_lead_days())

    def action_update_promise(self):
        """Calculate again; a date that was not typed by hand follows, with production.

        :raises UserError: for what is not confirmed or has nothing left to deliver
        """
        for order in self:
            promise = order._get_promise() if order.state == "sale" else None
            if not promise:
                raise UserError(
                    self.env._(
                        "%s has nothing left to deliver, so there is no date to update.", order.name
                    )
                )
            typed = order.commitment_date and order.commitment_date != order.earliest_date
            values = {"earliest_date": promise.date, "earliest_date_reason": promise.reason}
            if promise.date and not typed:
                values["commitment_date"] = promise.date
            order._with_slots(promise.slots).write(values)
            order._note_promise(promise)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_made(self):
        """Whether a manufacturing order is made for this line."""
        return bool(self.product_id) and self.product_id._is_made_to_order()

    def _runs_and_goods(self):
        """What these lines have a machine make, and ``{product: quantity}`` from the shelf."""
        runs, goods = [], {}
        for line in self:
            product = line.product_id
            if line.display_type or product.type != "consu":
                continue
            quantity = line._metres_to_make(line.product_uom_qty)
            if quantity <= 0:
                continue
            if line.product_uom_id != product.uom_id:
                quantity = line.product_uom_id._compute_quantity(
                    quantity, product.uom_id, round=False
                )
            if line._is_made():
                runs.append(Run(line.id, product, quantity))
            else:
                goods[product] = goods.get(product, 0) + quantity
        return runs, goods
