"""What finishing consumes, the typed kilograms, and the reason of what differs."""

from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

BEGUN = ("running", "paused")


class Material(NamedTuple):
    """A material line of an order and what finishing it now would consume, in its unit."""

    move: models.Model
    planned: float
    lost: float
    consumed: float

    @property
    def unexplained(self):
        """Consumed beyond the plan and the losses somebody gave a cause for; below zero: less."""
        whole = arithmetic.exact(self.consumed) - arithmetic.exact(self.planned)
        return float(whole - arithmetic.exact(self.lost))


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    difference_reason_id = fields.Many2one(
        "cantoneira.floor.reason",
        "Reason of the difference",
        domain="[('kind', '=', 'difference')]",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Why a material differs from its plan by more than the company tolerates.",
    )

    # ---------------------------------------------------------------- public
    def floor_consume(self, key, move_id, quantity):
        """Of this material so much was consumed, in all: typed, without a scale at the reel.

        :param int move_id: id of the material line, as :meth:`floor_read` tells.
        """
        return self._floor_once(
            key, "consume", lambda order: order._floor_consume(move_id, quantity)
        )

    def _floor_consume(self, move_id, quantity):
        self._floor_expect_begun()
        move = self._floor_moves().filtered(lambda move: move.id == move_id)
        if not move or isinstance(move_id, bool):
            raise UserError(self.env._("%(order)s: choose the material.", order=self.name))
        move._floor_type(self._floor_quantity(move.product_id, quantity))

    def _floor_consumption_row(self):
        """What :meth:`floor_read` tells of materials and losses, plain data."""
        causes = self.env["cantoneira.floor.reason"]._fields["loss_cause"]
        return {
            "materials": [each.move._floor_row(each) for each in self._floor_materials()],
            "losses": self.loss_weight,
            "causes": [
                {"id": cause, "name": name}
                for cause, name in causes._description_selection(self.env)
            ],
        }

    # ---------------------------------------------------------------- what is consumed
    def _floor_moves(self):
        return self.move_raw_ids.filtered(lambda move: move.state not in ("done", "cancel"))

    def _floor_materials(self):
        """A :class:`Material` for each line that is still to be consumed. Writes nothing."""
        lost = self._floor_lost()
        materials = []
        for move in self._floor_moves():
            # Were a material on two lines, its losses are of the first.
            own = lost.pop(move.product_id, 0)
            own = move.product_id.uom_id._compute_quantity(own, move.product_uom, round=False)
            consumed = move._floor_consumed(own)
            materials.append(Material(move, move.should_consume_qty, own, consumed))
        return materials

    def _floor_is_told(self):
        """Whether somebody said more of what is consumed than the pieces made."""
        return bool(self.is_composite and self.loss_ids)

    def pre_button_mark_done(self):
        """Before an order is closed, it consumes as told, losses too; a difference has a reason.

        Whoever closes it: the form, the list, a program. Guarded by ``test_losses_are_consumed``
        and ``test_programs_say_why``.
        """
        for order in self.filtered(lambda order: order.qty_producing and order._floor_is_told()):
            for material in order._floor_materials():
                material.move._floor_apply(material)
        result = super().pre_button_mark_done()
        if result is True:
            self._floor_check_reason()
        return result

    def _get_consumption_issues(self):
        """The form asks about what needs a reason: also where only losses make the difference.

        Guarded by ``test_form_asks_about_losses``.
        """
        issues = super()._get_consumption_issues()
        if self.env.context.get("skip_consumption"):
            return issues
        asked = {(order, product) for order, product, *_quantities in issues}
        for order in self.filtered(lambda order: order.qty_producing and order._floor_is_told()):
            for material in order._floor_issues():
                product, unit = material.move.product_id, material.move.product_uom
                if (order, product) not in asked:
                    quantities = (material.consumed, material.planned + material.lost)
                    issues.append(
                        (order, product)
                        + tuple(
                            unit._compute_quantity(each, product.uom_id, round=False)
                            for each in quantities
                        )
                    )
        return issues

    # ---------------------------------------------------------------- what differs
    def _floor_check_reason(self):
        """No profile is closed that differs beyond tolerance without a reason.

        The reason is the order's, or that of the context (``difference_reason_id``), which is kept
        in every order that needs one.

        :raises UserError: order, materials, numbers, and how to say why
        """
        given = self.env.context.get("difference_reason_id")
        problems = []
        for order in self:
            closing = order.qty_producing and order.state not in ("done", "cancel")
            if not closing or order.difference_reason_id or not (issues := order._floor_issues()):
                continue
            if given:
                order._floor_keep_reason(given)
            else:
                sentences = order._floor_sentences(issues)
                problems += [f"{order.name}: {sentence}" for sentence in sentences]
        if problems:
            # sudo: a setting every user of the company is subject to.
            percent = self.company_id[:1].sudo().consumption_tolerance_percent
            problems.append(
                self.env._(
                    "%(percent)s %% is tolerated. Choose the reason of the difference; a program "
                    "gives its id as difference_reason_id, in the order or in the context.",
                    percent=format_number(self.env, percent),
                )
            )
            raise UserError("\n".join(problems))

    def _floor_issues(self):
        """The materials whose consumption is beyond tolerance and not explained by losses."""
        if self.consumption == "flexible" or not self.is_composite:
            return []
        # sudo: a setting every user of the company is subject to.
        percent = self.company_id.sudo().consumption_tolerance_percent
        return [
            material
            for material in self._floor_materials()
            if float_compare(
                abs(material.unexplained),
                material.planned * percent / 100,
                arithmetic.QUANTITY_DIGITS,
            )
            > 0
        ]

    def _floor_sentences(self, issues):
        return [
            self.env._(
                "%(material)s: %(consumed)s %(unit)s consumed, %(planned)s %(unit)s planned.",
                material=material.move.product_id.name,
                consumed=format_number(self.env, material.consumed),
                planned=format_number(self.env, material.planned),
                unit=material.move.product_uom.name,
            )
            for material in issues
        ]

    def _floor_keep_reason(self, reason_id):
        """Keep why it differs, where it does. Asked for by :meth:`_floor_question` before."""
        issues = self._floor_issues()
        if not issues:
            return
        reason = self._floor_reason(reason_id, "difference")
        self.difference_reason_id = reason
        sentences = "\n".join(self._floor_sentences(issues))
        self._message_log(body=f"{reason.name}\n{sentences}")
