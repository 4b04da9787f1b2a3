"""From what is reserved for a delivery to pallets: proposed, then adjusted by hand."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.cantoneira_stock import arithmetic
from odoo.addons.cantoneira_stock.tools import format_number

from .. import packing


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_propose_pallets(self):
        """Put what is in stock for these deliveries on pallets; those that are out stay.

        :raises UserError: when there is nothing to pack, or a single piece is too heavy
        """
        for picking in self:
            picking._check_packable()
            here = picking.pallet_ids.filtered(lambda pallet: not pallet.gate_date)
            with here._repacked():
                here.content_line_ids.result_package_id = False
                lines = picking._loose_lines()._joined()
                if not lines:
                    raise UserError(picking._nothing_to_pack())
                contents = packing.fill(picking._pallet_items(lines))
                picking._pack(lines, contents, here)
        return True

    def action_pack_rest(self):
        """Put what lies on no pallet on one more."""
        for picking in self:
            picking._check_packable()
            lines = picking._loose_lines()
            if not lines:
                raise UserError(picking._nothing_to_pack())
            lines.result_package_id = picking._new_pallets(1)
            picking.pallet_ids._renumber()
        return True

    def action_split_unpacked(self):
        """Leave for a later delivery what is on no pallet, so that the pallets may go.

        Where all of them are out already, what is left of this delivery is delivered.
        """
        for picking in self:
            picking._check_packable()
            if not picking.pallet_ids.content_line_ids:
                raise UserError(
                    self.env._("%s has no pallet with anything on it yet.", picking.name)
                )
            loose = picking._loose_lines()
            if not loose and not picking._unreserved_moves():
                raise UserError(
                    self.env._("All of %s is on pallets: there is no rest.", picking.name)
                )
            loose.unlink()
            picking.action_split_transfer()
            if picking._all_out() and not picking._dispatch_blockers():
                picking._deliver_at_gate()
        return True

    def action_print_labels_a4(self):
        return self.pallet_ids.sorted("pallet_number").action_print_labels_a4()

    def action_print_labels_roll(self):
        return self.pallet_ids.sorted("pallet_number").action_print_labels_roll()

    def action_open_dispatch(self):
        """Open this delivery as who packs it sees it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "cantoneira_dispatch.action_dispatch"
        )
        form = self.env.ref("cantoneira_dispatch.view_dispatch_form")
        return {**action, "res_id": self.id, "views": [(form.id, "form")]}

    def action_open_gate(self):
        return self.env["ir.actions.client"]._for_xml_id("cantoneira_dispatch.action_gate")

    # ------------------------------------------------------------------ steps
    def _check_packable(self):
        self.ensure_one()
        if self.picking_type_id.code != "outgoing":
            raise UserError(self.env._("%s is no delivery: there is nothing to pack.", self.name))
        if self.state == "done":
            raise UserError(self.env._("%s is delivered already.", self.name))
        if self.state == "cancel":
            raise UserError(self.env._("%s was cancelled.", self.name))

    def _nothing_to_pack(self):
        if self.pallet_ids and not self._unreserved_moves():
            return self.env._("All of %s is on pallets already.", self.name)
        return self.env._(
            "Nothing of %s is in stock yet. Pack it when it is made, or check availability first.",
            self.name,
        )

    def _pallet_items(self, lines):
        """``[packing.Item]`` of these move lines, one per move, long pieces first."""
        items = []
        by_move = lines.grouped("move_id")
        for move in sorted(by_move, key=lambda m: (-m.piece_length_mm, m.sequence, m.id)):
            quantity = sum(by_move[move].mapped("quantity_product_uom"))
            try:
                items.append(move._packing_item(quantity))
            except ValueError:
                # sudo: a setting every user of the company is subject to.
                limit = self.company_id.sudo().pallet_max_kg
                raise UserError(
                    self.env._(
                        "%(product)s: a single piece is heavier than the largest load of a pallet "
                        "(%(limit)s kg). Raise it in the settings.",
                        product=move.product_id.display_name,
                        limit=format_number(self.env, limit),
                    )
                ) from None
        return items

    def _pack(self, lines, contents, pallets):
        """Distribute ``lines`` over ``contents`` (``[{move: units}]``), reusing ``pallets``."""
        surplus = pallets[len(contents) :]
        pallets = pallets[: len(contents)]
        pallets |= self._new_pallets(len(contents) - len(pallets))
        wanted = defaultdict(list)
        for pallet, content in zip(pallets, contents, strict=True):
            for move, units in content.items():
                wanted[move].append((pallet, move._units_quantity(units)))
        for move, move_lines in lines.grouped("move_id").items():
            move_lines._spread(wanted[move])
        surplus.unlink()
        self.pallet_ids._renumber()

    def _new_pallets(self, count):
        """``count`` empty pallets of this delivery."""
        kind = self.env.ref("cantoneira_dispatch.package_type_pallet", raise_if_not_found=False)
        # sudo: a setting every user of the company is subject to.
        tare = self.company_id.sudo().pallet_tare_kg
        return self.env["stock.package"].create(
            [
                {
                    "package_type_id": kind.id if kind else False,
                    "dispatch_picking_id": self.id,
                    "tare_weight": tare,
                }
                for _index in range(count)
            ]
        )


class StockMove(models.Model):
    _inherit = "stock.move"

    def _packing_item(self, quantity):
        """This move's ``quantity`` (in the product's unit) as :class:`packing.Item`.

        :raises ValueError: when one unit is heavier than a pallet may be
        """
        template = self.product_id.product_tmpl_id.with_company(self.company_id)
        grams = self._gram_per_unit()
        if self.piece_length_mm:
            pieces = arithmetic.pieces_in(quantity, self.piece_length_mm)
            # Metres that were cut freely leave part of a piece, which takes a place too.
            return template._pallet_item(self, _whole(pieces), self.piece_length_mm, grams)
        unit_kg = arithmetic.exact(grams) / 1000
        # sudo: a setting every user of the company is subject to.
        pallet = self.company_id.sudo()._pallet()
        return packing.item(
            self, _whole(arithmetic.exact(quantity)), unit_kg, 1, packing.NO_LIMIT, pallet
        )

    def _units_quantity(self, units):
        """How much of the product's unit ``units`` pieces are, as Decimal."""
        if self.piece_length_mm:
            return arithmetic.metres(units, self.piece_length_mm)
        return arithmetic.exact(units)


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _joined(self):
        """Lines that were cut for pallets made one again, where nothing else tells them apart."""
        joined = self.browse()
        for lines in self.grouped(lambda line: line._source_key()).values():
            first, rest = lines[0], lines[1:]
            joined |= first
            if rest:
                quantity = sum(lines.mapped("quantity"))
                rest.unlink()
                first.quantity = first.product_uom_id.round(quantity)
        return joined

    def _source_key(self):
        return (
            self.move_id,
            self.product_uom_id,
            self.location_id,
            self.location_dest_id,
            self.lot_id,
            self.package_id,
            self.owner_id,
            self.picked,
        )

    def _spread(self, wanted):
        """Put these lines of one move on ``[(pallet, quantity)]``, cutting where one ends.

        What is left over stays with the last pallet.
        """
        wanted = [[pallet, quantity] for pallet, quantity in wanted]
        for line in self:
            rest = arithmetic.exact(line.quantity_product_uom)
            while rest > 0 and len(wanted) > 1 and rest > wanted[0][1]:
                pallet, taken = wanted.pop(0)
                if taken:
                    line._cut(taken).result_package_id = pallet
                rest -= taken
            line.result_package_id = wanted[0][0]
            wanted[0][1] -= rest

    def _cut(self, quantity):
        """Move ``quantity`` (in the product's unit) of this line to a new one, and return it."""
        self.ensure_one()
        product_uom = self.product_id.uom_id
        taken = product_uom._compute_quantity(
            float(quantity), self.product_uom_id, rounding_method="HALF-UP"
        )
        self.quantity = self.product_uom_id.round(self.quantity - taken)
        return self.copy({"quantity": taken, "result_package_id": False, "picked": self.picked})


def _whole(units):
    """The next whole number up."""
    return int(-(-units // 1))
