"""Manufacturing orders made, confirmed and closed together.

Core makes the orders of a sale one by one: each with its own statements for the number, the
components, the finished product and the confirmation. Inside a batch (see
``cantoneira_stock/models/acceleration.py``) the same methods of core run once for all of them.
Where orders could influence each other (components made to order, several steps) they are left
to core, one by one.
"""

from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.cantoneira_stock.models.acceleration import asker, batch, current, ids_of
from odoo.addons.stock_account.models.stock_move import VALUATION_DICT


class MrpBom(models.Model):
    _name = "mrp.bom"
    _inherit = ["mrp.bom", "cantoneira.batch.mixin"]

    _forget_fields = frozenset(
        {"active", "company_id", "picking_type_id", "product_id", "product_tmpl_id"}
        | {"product_qty", "sequence", "type", "bom_line_ids", "operation_ids"}
    )
    _forget_topics = ("bom", "flat")

    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        """Asked once per product and batch. See ``test_acceleration``."""
        memory = current(self.env)
        found = super()._bom_find
        if not memory:
            return found(products, picking_type, company_id, bom_type)
        question = (ids_of(picking_type), company_id, bom_type, self.env.context.get("company_id"))
        known = memory.topic("bom").setdefault((*asker(self.env), *question), {})
        unknown = products.filtered(lambda product: product.id not in known)
        if unknown:
            answers = found(unknown, picking_type, company_id, bom_type)
            known.update({product.id: answers[product].id for product in unknown})
        boms = defaultdict(self.browse)
        for product in products:
            if bom_id := known[product.id]:
                boms[product] = self.browse(bom_id)
        return boms

    def _is_flat(self):
        """Whether this recipe has no operations, of its own or of kits in it."""
        kits = self._bom_find(
            self.bom_line_ids.product_id,
            picking_type=self.picking_type_id,
            company_id=self.company_id.id,
            bom_type="phantom",
        )
        return not self.operation_ids and not kits


class ProductValue(models.Model):
    _name = "product.value"
    _inherit = ["product.value", "cantoneira.batch.mixin"]

    _forget_topics = ("manual_values",)


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """In a batch: leave out what is already so. Core rewrites it move by move."""
        if current(self.env) and len(vals) == 1 and all(move._has(vals) for move in self):
            return True
        return super().write(vals)

    def _has(self, vals):
        [(name, value)] = vals.items()
        lines = self.move_line_ids
        match name:
            case "move_dest_ids":
                return not value
            case "picked":
                return value and self.picked and lines and all(lines.mapped("picked"))
            case "quantity":
                # A component's quantity that is written counts as typed, even the same.
                made = self.production_id and not self.env.context.get("force_manual_consumption")
                same = len(lines) == 1 and lines.product_uom_id == self.product_uom
                return made and same and lines.quantity == value == self.quantity
        return False

    def _adjust_procure_method(self, picking_type_code=False):
        """Not again for what ``_confirm_together`` has just adjusted."""
        memory = current(self.env)
        adjusted = memory.topic("adjusted") if memory else {}
        moves = self.filtered(lambda move: not adjusted.pop(move.id, False))
        return super(StockMove, moves)._adjust_procure_method(picking_type_code=picking_type_code)

    def _get_manual_value(self, quantity, at_date=None):
        """Whether somebody valued these moves by hand is asked for all of them at once."""
        memory = current(self.env)
        known = memory.topic("manual_values") if memory else {self.id: True}
        if self.id not in known:
            moves = self.browse({self.id, *self._prefetch_ids})
            # sudo: as core does; only whether there is one is used.
            values = self.env["product.value"].sudo().search([("move_id", "in", moves.ids)])
            known.update({move.id: move in values.move_id for move in moves})
        if not known[self.id]:
            return dict(VALUATION_DICT)
        return super()._get_manual_value(quantity, at_date)

    def _key_assign_picking(self):
        """Inside ``_assign_picking`` of a batch: regardless of the manufacturing order."""
        keys = super()._key_assign_picking()
        memory = current(self.env)
        if memory and memory.one_delivery:
            return tuple(key for key in keys if getattr(key, "_name", "") != "mrp.production")
        return keys

    def _is_plain_component(self):
        """Whether closing its order would just consume what it asks for."""
        return (
            self.state not in ("draft", "done", "cancel")
            and self.product_id.tracking == "none"
            and not self.picked
            and not self.manual_consumption
            and not self._should_bypass_set_qty_producing()
        )

    def _are_in_stock(self):
        """Whether the free stock is enough for all of these moves."""
        Quant = self.env["stock.quant"]
        for (product, location), moves in self.grouped(
            lambda move: (move.product_id, move.location_id)
        ).items():
            need = sum(move.product_qty - move.quantity for move in moves)
            free = Quant._get_available_quantity(product, location)
            if product.uom_id.compare(free, need) < 0:
                return False
        return True

    def _is_procured(self):
        """Whether confirming this component starts a procurement of its own."""
        rule_method = self.rule_id.procure_method or "make_to_stock"
        return {self.procure_method, rule_method} != {"make_to_stock"}

    def _is_one_delivery(self):
        first = self[:1].production_group_id
        return super()._is_one_delivery() and all(m.production_group_id == first for m in self)


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "cantoneira.company.check.mixin"]

    # ------------------------------------------------------------------- made
    @api.model_create_multi
    def create(self, vals_list):
        """Numbers and groups of a batch's orders are drawn together, as core does one by one."""
        memory = current(self.env)
        if memory:
            memory.forget("open_productions")
            self._number_together([vals for vals in vals_list if not vals.get("name")])
        return super().create(vals_list)

    def _number_together(self, vals_list):
        by_type = defaultdict(list)
        for vals in vals_list:
            if vals.get("picking_type_id") and not vals.get("production_group_id"):
                by_type[vals["picking_type_id"]].append(vals)
        for type_id, group in by_type.items():
            sequence = self.env["stock.picking.type"].browse(type_id).sequence_id
            for vals, name in zip(group, sequence._next_many(len(group)), strict=True):
                vals["name"] = name
        named = [vals for group in by_type.values() for vals in group]
        groups = self.env["mrp.production.group"].create([{"name": v["name"]} for v in named])
        for vals, group in zip(named, groups, strict=True):
            vals["production_group_id"] = group.id

    def _compute_move_raw_ids(self):
        """Components of new orders are created with one statement for all."""
        fresh = self._fresh("move_raw_ids")
        values = [vals for order in fresh for vals in order._get_moves_raw_values()]
        self.env["stock.move"].create(values)
        return super(MrpProduction, self - fresh)._compute_move_raw_ids()

    def _compute_move_finished_ids(self):
        """Finished products of new orders are created with one statement for all."""
        fresh = self._fresh("move_finished_ids")
        values = [vals for order in fresh for vals in order._get_moves_finished_values()]
        self.env["stock.move"].create(values)
        return super(MrpProduction, self - fresh)._compute_move_finished_ids()

    def _compute_workorder_ids(self):
        """New orders whose recipe has no operations get none: it need not be exploded twice."""
        plain = self.browse()
        if memory := current(self.env):
            plain = self.filtered(
                lambda order: (
                    isinstance(order.id, int)
                    and order.state == "draft"
                    and order.bom_id
                    and not order.workorder_ids
                    and memory.answer("flat", order.bom_id.id, order.bom_id._is_flat)
                )
            )
        return super(MrpProduction, self - plain)._compute_workorder_ids()

    def _fresh(self, moves_field):
        """New orders of a batch that have a recipe and no moves yet: nothing to compare with."""
        if len(self) < 2 or not current(self.env):
            return self.browse()
        context = self.env.context
        if context.get("skip_compute_move_raw_ids") or context.get("ignore_mo_ids"):
            return self.browse()
        return self.filtered(
            lambda order: (
                isinstance(order.id, int)
                and order.state == "draft"
                and order.bom_id
                and order.product_id
                and order.product_qty > 0
                and not order[moves_field]
            )
        )

    # -------------------------------------------------------------- confirmed
    def _post_run_manufacture(self, post_production_values):
        """Confirm together what ``_should_auto_confirm_procurement_mo`` put aside."""
        memory = current(self.env)
        waiting = memory.topic("to_confirm") if memory else {}
        mine = self.filtered(lambda order: waiting.pop(order.id, False))
        if mine:
            mine._confirm_together()
        return super()._post_run_manufacture(post_production_values)

    def _confirm_together(self):
        """Confirm in one call the orders that cannot influence each other, the others as core."""
        self.move_raw_ids._adjust_procure_method()
        current(self.env).topic("adjusted").update(dict.fromkeys(self.move_raw_ids.ids, True))
        alone = self.filtered(
            lambda order: (
                order.workorder_ids
                or order.product_tracking == "serial"
                or any(move._is_procured() for move in order.move_raw_ids)
            )
        )
        for order in alone:
            order.action_confirm()
        (self - alone).action_confirm()

    # ---------------------------------------------------------------- started
    def action_start(self):
        """Start in one batch. See ``test_acceleration``."""
        with batch(self.env):
            self._warm_up()
            return super().action_start()

    def action_assign(self):
        """In a batch: the components of all orders are reserved in one call."""
        memory = current(self.env)
        if not memory:
            return super().action_assign()
        self.move_raw_ids._action_assign()
        return True

    def _warm_up(self):
        """Read at once what core reads move by move."""
        moves = self.move_raw_ids | self.move_finished_ids
        moves.fetch(["move_line_ids", "move_orig_ids", "move_dest_ids"])
        moves.move_dest_ids.fetch(["move_line_ids", "move_orig_ids", "move_dest_ids"])

    # ----------------------------------------------------------------- closed
    def button_mark_done(self):
        """Close in one batch. See ``test_acceleration``."""
        with batch(self.env):
            self._warm_up()
            return super().button_mark_done()

    def pre_button_mark_done(self):
        if current(self.env) and len(self) > 1:
            self._consume_together()
        return super().pre_button_mark_done()

    def _consume_together(self):
        """Make all of these orders at once where core would make them one after the other.

        What is not plainly all of an order, from free stock, is left to core.
        """
        whole = self.filtered(
            lambda order: (
                not order.qty_producing
                and order.warehouse_id.manufacture_steps == "mrp_one_step"
                and not order.move_byproduct_ids
                and all(move._is_plain_component() for move in order.move_raw_ids)
            )
        )
        moves = whole.move_raw_ids
        if not moves._are_in_stock():
            return
        moves._action_assign()
        for order in whole:
            order.qty_producing = order.product_qty - order.qty_produced
        exact = moves.filtered(
            lambda m: m.quantity and not m.product_uom.compare(m.quantity, m.should_consume_qty)
        )
        for order in whole:
            if not order.move_raw_ids <= exact:
                order._set_qty_producing()
        picked = whole.filtered(lambda order: order.move_raw_ids <= exact).move_raw_ids
        picked.move_line_ids.picked = True
        # As the inverse of ``picked`` on a move does.
        # sudo: as core does there.
        picked.sudo()._create_analytic_move()


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def button_validate(self):
        """Deliver in one batch: kits, rules and quants are looked up once."""
        with batch(self.env):
            return super().button_validate()


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _should_auto_confirm_procurement_mo(self, p):
        """In a batch: not now, ``_post_run_manufacture`` confirms all of them."""
        confirm = super()._should_auto_confirm_procurement_mo(p)
        memory = current(self.env)
        if not memory or not confirm:
            return confirm
        memory.topic("to_confirm")[p.id] = True
        return False

    def _make_mo_get_domain(self, procurement, bom):
        """Find nothing without asking while no open order belongs to the same documents."""
        domain = super()._make_mo_get_domain(procurement, bom)
        memory = current(self.env)
        references = procurement.values.get("reference_ids")
        if not memory or not references:
            return domain
        any_open = memory.answer(
            "open_productions", ids_of(references), lambda: self._has_open_production(references)
        )
        return domain if any_open else (Domain.FALSE,)

    def _has_open_production(self, references):
        # sudo: a yes or no; a seller may not read them.
        productions = self.env["mrp.production"].sudo()
        return bool(
            productions.search_count(
                [("reference_ids", "in", references.ids), ("state", "in", ("draft", "confirmed"))],
                limit=1,
            )
        )


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _next_many(self, count):
        """Return the next ``count`` numbers, as ``next_by_id`` would one after the other."""
        self.ensure_one()
        if count == 1 or self.implementation != "standard" or self.use_date_range:
            return [self.next_by_id() for _number in range(count)]
        self.browse().check_access("read")
        self.env.cr.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            [f"ir_sequence_{self.id:03d}", count],
        )
        # ``get_next_char`` takes what a cursor's row is.
        return [self.get_next_char(row) for row in self.env.cr.fetchall()]
