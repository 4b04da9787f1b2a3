"""What a long call remembers, so that it asks each question once.

Confirming an order of 200 lines asks Odoo the same few questions thousands of times: which rule
brings this product there, which recipe has it, does a reordering rule watch it. Inside
:func:`batch` the answers are kept, and moves that differ only in their manufacturing order go to
their delivery together. The memory

- lives on the database cursor and dies with the call that opened it (also on an error, and on
  any rollback): nothing is ever remembered from one request to the next;
- is emptied whenever what the answers come from (rules, routes, products, reordering rules) is
  changed in between;
- holds record ids per user, so that nobody gets an answer asked by someone who may see more.

The system parameter ``cantoneira.acceleration`` set to ``off`` turns it all off: the tests make
the same orders with and without, and compare the records.
"""

import contextlib
from collections import defaultdict

from odoo import api, models

_KEY = "cantoneira.batch"
_SWITCH = "cantoneira.acceleration"


class Batch:
    """The memory of one call: answers by topic and key."""

    def __init__(self):
        self._answers = defaultdict(dict)
        self.one_delivery = False
        #: Values of move lines that wait to be created together; None when none may wait.
        self.waiting_lines = None
        self.waiting_quantity = defaultdict(float)

    def answer(self, topic, key, ask):
        """Return what ``ask()`` said the first time it was asked for this ``key``."""
        answers = self._answers[topic]
        if key not in answers:
            answers[key] = ask()
        return answers[key]

    def topic(self, topic):
        """Return the dictionary of a topic's answers, to be read and filled."""
        return self._answers[topic]

    @contextlib.contextmanager
    def together(self):
        """Inside, moves of different manufacturing orders share the key of their delivery."""
        self.one_delivery = True
        try:
            yield
        finally:
            self.one_delivery = False

    def forget(self, *topics):
        """Forget some topics, or all."""
        for topic in topics or list(self._answers):
            self._answers.pop(topic, None)


@contextlib.contextmanager
def batch(env):
    """Remember answers until the block ends; inside another batch it changes nothing."""
    memory = env.cr.cache
    # sudo: whoever sells may not read system parameters.
    off = env["ir.config_parameter"].sudo().get_param(_SWITCH) == "off"
    if off or _KEY in memory:
        yield
        return
    memory[_KEY] = Batch()
    try:
        yield
        # What is still to be computed asks the same questions.
        env.flush_all()
    finally:
        memory.pop(_KEY, None)


def current(env):
    """Return the :class:`Batch` that is open, None outside of one."""
    return env.cr.cache.get(_KEY)


def asker(env):
    """Return who asks, as part of a key: access rights and company choose what is found."""
    context = env.context
    companies = context.get("allowed_company_ids") or ()
    return (env.uid, env.su, tuple(companies), context.get("active_test", True))


def ids_of(records):
    """Return a key for a recordset that may also be False or missing."""
    return tuple(records.ids) if records else records is None


class BatchMixin(models.AbstractModel):
    """A model whose records decide answers: a change of them empties the memory."""

    _name = "cantoneira.batch.mixin"
    _description = "Remembered during a long call"

    #: Fields that decide; any when empty.
    _forget_fields = frozenset()
    #: What is forgotten.
    _forget_topics = ("rule", "search_rule", "push_rule")

    def modified(self, fnames, create=False, before=False):
        memory = current(self.env)
        if memory and (create or not self._forget_fields or self._forget_fields & set(fnames)):
            memory.forget(*self._forget_topics)
        return super().modified(fnames, create=create, before=before)


class StockRule(models.Model):
    _name = "stock.rule"
    _inherit = ["stock.rule", "cantoneira.batch.mixin"]

    def _get_rule(self, product_id, location_id, values):
        """Same need, same rule: asked once per batch. See ``test_acceleration``."""
        memory = current(self.env)
        found = super()._get_rule
        if not memory or not location_id:
            return found(product_id, location_id, values)
        key = (
            *asker(self.env),
            product_id.id,
            location_id.id,
            *(ids_of(values.get(name)) for name in ("route_ids", "packaging_uom_id")),
            *(ids_of(values.get(name)) for name in ("warehouse_id", "company_id")),
            # Dropshipping asks only whether there is one.
            "sale_line_id" in values,
        )
        return self.browse(
            memory.answer("rule", key, lambda: found(product_id, location_id, values).id)
        )

    def _search_rule(self, route_ids, packaging_uom_id, product_id, warehouse_id, domain):
        """Asked once per batch: the components of 200 orders ask the same questions."""
        memory = current(self.env)
        found = super()._search_rule
        question = (route_ids, packaging_uom_id, product_id, warehouse_id)
        if not memory:
            return found(*question, domain)
        key = (*asker(self.env), *map(ids_of, question), repr(domain))
        return self.browse(memory.answer("search_rule", key, lambda: found(*question, domain).id))

    def _get_push_rule(self, product_id, location_dest_id, values):
        """Asked once per batch: where 200 finished products go on."""
        memory = current(self.env)
        found = super()._get_push_rule
        if not memory:
            return found(product_id, location_dest_id, values)
        key = (
            *asker(self.env),
            product_id.id,
            location_dest_id.id,
            *(ids_of(values.get(name)) for name in ("route_ids", "packaging_uom_id")),
            ids_of(values.get("warehouse_id")),
            repr(values.get("domain")),
        )
        return self.browse(
            memory.answer("push_rule", key, lambda: found(product_id, location_dest_id, values).id)
        )


class StockRoute(models.Model):
    _name = "stock.route"
    _inherit = ["stock.route", "cantoneira.batch.mixin"]


class StockWarehouse(models.Model):
    _name = "stock.warehouse"
    _inherit = ["stock.warehouse", "cantoneira.batch.mixin"]


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "cantoneira.batch.mixin"]


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "cantoneira.batch.mixin"]

    _forget_fields = frozenset({"route_ids", "categ_id", "active", "type", "bom_ids"})


class StockWarehouseOrderpoint(models.Model):
    _name = "stock.warehouse.orderpoint"
    _inherit = ["stock.warehouse.orderpoint", "cantoneira.batch.mixin"]

    _forget_fields = frozenset({"product_id", "active", "trigger"})
    _forget_topics = (("watched", "any"), ("watched", "auto"))


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _is_outgoing(self):
        """Asked once per batch: core looks up the inter-company location each time."""
        memory = current(self.env)
        found = super()._is_outgoing
        if not memory:
            return found()
        return memory.answer("is_outgoing", (self.id, self.usage, self.parent_path), found)


class CompanyCheckMixin(models.AbstractModel):
    """Checks of companies against each other, left out while there is only one."""

    _name = "cantoneira.company.check.mixin"
    _description = "Checked once per batch"

    def _check_company(self, fnames=None):
        memory = current(self.env)
        if memory and memory.answer("one_company", None, self._is_one_company):
            return None
        return super()._check_company(fnames)

    def _is_one_company(self):
        # sudo: companies the user has no access to count.
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search_count([], limit=2) == 1


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "cantoneira.company.check.mixin"]


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "cantoneira.company.check.mixin"]

    def _update_orderpoints(self):
        """Leave out moves of products that no reordering rule watches."""
        return super(StockMove, self._watched("any", []))._update_orderpoints()

    def _trigger_scheduler(self):
        """Leave out moves of products that no automatic reordering rule watches."""
        moves = self._watched("auto", [("trigger", "=", "auto")])
        return super(StockMove, moves)._trigger_scheduler()

    def _watched(self, topic, domain):
        """Those of ``self`` whose product has a reordering rule in ``domain``: one query for all."""
        memory = current(self.env)
        if not memory or not self:
            return self
        known = memory.topic(("watched", topic))
        unknown = {move.product_id.id for move in self} - known.keys()
        if unknown:
            # sudo: core looks at the rules of all users too.
            rules = self.env["stock.warehouse.orderpoint"].sudo()
            watched = rules.search([("product_id", "in", list(unknown)), *domain]).product_id
            known.update({product_id: product_id in watched._ids for product_id in unknown})
        return self.filtered(lambda move: known[move.product_id.id])

    def _assign_picking(self):
        """Moves that could only meet in one delivery go there together.

        Core asks per manufacturing order, though it then looks for a delivery without regard to
        it: 200 searches for the one delivery made by the first.
        """
        memory = current(self.env)
        if not memory or not self._is_one_delivery():
            return super()._assign_picking()
        with memory.together():
            return super()._assign_picking()

    def _is_one_delivery(self):
        """Whether all of ``self`` would be put in the same delivery, with the same values."""
        first = self[:1]
        same = ("reference_ids", "location_id", "location_dest_id", "picking_type_id")
        same += ("partner_id", "origin", "company_id")
        return all(
            move.product_uom.compare(move.product_uom_qty, 0) >= 0
            and all(move[name] == first[name] for name in same)
            for move in self
        )

    # ---------------------------------------------------------------- reserve
    def _action_assign(self, force_qty=False):
        """Create the reservations of all moves with one statement, and change each quant once.

        A move waits only while there is one quant that has enough for it and for all that wait;
        otherwise those waiting are created first and core goes on as it would.
        """
        memory = current(self.env)
        if not memory or memory.waiting_lines is not None or len(self) < 2:
            return super()._action_assign(force_qty=force_qty)
        memory.waiting_lines = []
        try:
            result = super()._action_assign(force_qty=force_qty)
            self.env["stock.move.line"]._create_waiting()
        finally:
            memory.waiting_lines = None
        return result

    def _update_reserved_quantity_vals(
        self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True
    ):
        """Before looking at the quants: those that wait take theirs, unless there is plenty."""
        memory = current(self.env)
        if memory and memory.waiting_lines:
            what = (self.product_id, location_id, lot_id, package_id, owner_id)
            # sudo: as core does where it reserves.
            quants = self.env["stock.quant"].sudo()._gather(*what, strict=strict)
            taken = memory.waiting_quantity[self.product_id.id]
            free = quants.quantity - quants.reserved_quantity if len(quants) == 1 else 0
            if self.product_id.uom_id.compare(free, taken + need) < 0:
                self.env["stock.move.line"]._create_waiting()
        return super()._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _set_quantity_done(self, qty):
        """In a batch: nothing to do when the only line already has this quantity."""
        line = self.move_line_ids
        if (
            current(self.env)
            and len(line) == 1
            and line.product_uom_id == self.product_uom == self.product_id.uom_id
            and self.product_uom.compare(line.quantity, qty) == 0
        ):
            return None
        return super()._set_quantity_done(qty)

    def _compute_quantity(self):
        """Add up what is in memory anyway for moves of at most one line: no flush, no query."""
        simple = self.browse()
        if current(self.env) and any(self._ids):
            simple = self.filtered(lambda move: len(move.move_line_ids) < 2)
        for move in simple:
            move.quantity = move._quantity_sml()
        return super(StockMove, self - simple)._compute_quantity()


class StockMoveLine(models.Model):
    _name = "stock.move.line"
    _inherit = ["stock.move.line", "cantoneira.company.check.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        """During ``_action_assign`` of a batch: reservations wait for each other."""
        memory = current(self.env)
        if not memory or memory.waiting_lines is None:
            return super().create(vals_list)
        if vals_list and all(self._may_wait(vals) for vals in vals_list):
            memory.waiting_lines += vals_list
            for vals in vals_list:
                memory.waiting_quantity[vals["product_id"]] += vals["quantity"]
            return self.browse()
        self._create_waiting()
        return super().create(vals_list)

    def _may_wait(self, vals):
        """Whether these values only reserve, in the product's unit, what no other move shares."""
        move = self.env["stock.move"].browse(vals.get("move_id"))
        return (
            move
            and not move._should_bypass_reservation()
            and vals["product_uom_id"] == move.product_id.uom_id.id
            and move.product_id.tracking == "none"
            and move.move_orig_ids.move_dest_ids <= move
        )

    @api.model
    def _create_waiting(self):
        """Create the lines that wait, through all addons, and let none wait meanwhile."""
        memory = current(self.env)
        lines, memory.waiting_lines = memory.waiting_lines, None
        memory.waiting_quantity.clear()
        if lines:
            self.create(lines)
        memory.waiting_lines = []

    def write(self, vals):
        """In a batch: leave out what is already so. Core rewrites links line by line."""
        links = {"production_id", "workorder_id", "picked"}
        if current(self.env) and links.issuperset(vals) and all(line._has(vals) for line in self):
            return True
        return super().write(vals)

    def _has(self, vals):
        return all(
            self[name] == value if name == "picked" else self[name].id == (value or False)
            for name, value in vals.items()
        )


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _gather(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        """Which quants there are is asked once per batch; how much is in them, each time."""
        memory = current(self.env)
        found = super()._gather
        question = (product_id, location_id, lot_id, package_id, owner_id)
        context = self.env.context
        if not memory or context.get("with_expiration") or product_id.categ_id.removal_strategy_id:
            return found(*question, strict, qty)
        # Core's own cache of quants may have them in another order.
        key = (*asker(self.env), *map(ids_of, question), strict, "quants_cache" in context)
        return self.browse(memory.answer("quants", key, lambda: found(*question, strict, qty).ids))

    def try_lock_for_update(self, *, allow_referencing=False, limit=None):
        """A row locked by this batch stays locked until its transaction ends."""
        memory = current(self.env)
        locked = memory.topic("locked_quants") if memory and limit == 1 else {}
        if self[:1].id in locked:
            return self[:1]
        rows = super().try_lock_for_update(allow_referencing=allow_referencing, limit=limit)
        locked.update(dict.fromkeys(rows._ids))
        return rows

    @api.model_create_multi
    def create(self, vals_list):
        _forget_quants(self.env)
        return super().create(vals_list)

    def unlink(self):
        _forget_quants(self.env)
        return super().unlink()

    def write(self, vals):
        """Only what changes which quants are found, or in what order, empties the memory."""
        amounts = {"quantity", "reserved_quantity"}
        dates = vals.get("in_date")
        if not set(vals) <= amounts | {"in_date"} or any(q.in_date != dates for q in self if dates):
            _forget_quants(self.env)
        return super().write(vals)


def _forget_quants(env):
    if memory := current(env):
        memory.forget("quants")
