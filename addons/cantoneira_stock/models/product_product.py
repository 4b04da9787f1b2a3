"""What may not happen to a product that something still needs, and its stock for programs."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import arithmetic

OPEN_STATES = ("draft", "waiting", "confirmed", "partially_available", "assigned")
#: How many documents a refusal names before it says how many more there are.
NAMED = 5
#: PostgreSQL's largest integer; larger ids cannot even be looked for.
MAX_ID = 2**31 - 1


class ProductProduct(models.Model):
    _inherit = "product.product"

    # ---------------------------------------------------------- promise gate
    @api.model_create_multi
    def create(self, vals_list):
        """Open the promise gates of new stocked products (tests/test_promise_gate.py)."""
        products = super().create(vals_list)
        products._open_promise_gates()
        return products

    def _open_promise_gates(self):
        stocked = self.filtered("is_storable")
        if stocked:
            # sudo: a product has a gate in every warehouse, whatever company's the creator sees.
            warehouses = self.env["stock.warehouse"].sudo().search([])
            self.env["cantoneira.promise.gate"]._ensure(warehouses, stocked)

    # --------------------------------------------------- archive and deletion
    def write(self, vals):
        """Refuse to archive what is still needed (tests/test_product_guards.py).

        Archiving a template writes on its variants, so this is the one place.
        """
        if "active" in vals and not vals["active"]:
            self.filtered("active")._guarded()._check_can_archive()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        self._guarded()._check_can_delete()

    def _guarded(self):
        """Those of ``self`` that this app knows; Odoo's own ways stay for everything else."""
        return self.filtered(lambda p: p.material_type or p.composite_length or p.product_kind)

    def action_view_stock_move_lines(self):
        """Show the ledger, with balances, of what this app knows. See ``test_stock_ledger``."""
        if self._guarded() and self.env["cantoneira.stock.ledger"].has_access("read"):
            return self.env["cantoneira.stock.ledger"]._action_of(self)
        return super().action_view_stock_move_lines()

    def _archive_blockers(self):
        """Say what still needs these products: ``{product: [sentence, ...]}``.

        Products that nothing needs are left out. Both archiving and deleting are refused
        for them. Addons that know of other uses (recipes, orders) extend this: call
        ``super()`` and append sentences that name the documents.
        """
        # sudo: what other users' or companies' documents need counts as well.
        moves = self.env["stock.move"].sudo()
        groups = moves._read_group(
            [("product_id", "in", self.ids), ("state", "in", OPEN_STATES)],
            ["product_id"],
            ["reference:array_agg_distinct", "__count"],
        )
        return {
            self.browse(product.id): [
                self.env._(
                    "it is in open stock moves (%(documents)s); finish or cancel them first",
                    documents=self._name_some(references, count),
                )
            ]
            for product, references, count in groups
        }

    def _delete_blockers(self):
        """Like :meth:`_archive_blockers`, plus history, which only hinders deletion."""
        blockers = self._archive_blockers()
        # sudo: as in _archive_blockers.
        groups = (
            self.env["stock.move"]
            .sudo()
            ._read_group(
                [("product_id", "in", self.ids), ("state", "=", "done")],
                ["product_id"],
                ["__count"],
            )
        )
        for product, count in groups:
            blockers.setdefault(self.browse(product.id), []).append(
                self.env._(
                    "its history has stock moves (%(count)s); archive it instead", count=count
                )
            )
        return blockers

    @api.model
    def _name_some(self, names, count=None):
        """Return the first few of ``names`` and how many of ``count`` are left unsaid."""
        names = [name for name in names if name]
        listed = ", ".join(names[:NAMED])
        more = max(count or 0, len(names)) - len(names[:NAMED])
        if not more:
            return listed
        if not listed:
            return str(more)
        return self.env._("%(names)s and %(count)s more", names=listed, count=more)

    def _check_can_archive(self):
        """Raise a sentence per product of ``self`` that something open needs."""
        if blockers := self._archive_blockers():
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(product)s cannot be archived: %(reasons)s.",
                        product=product.display_name,
                        reasons="; ".join(reasons),
                    )
                    for product, reasons in blockers.items()
                )
            )

    def _check_can_delete(self):
        """Raise a sentence per product of ``self`` that something needs or that has history."""
        if blockers := self._delete_blockers():
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(product)s cannot be deleted: %(reasons)s.",
                        product=product.display_name,
                        reasons="; ".join(reasons),
                    )
                    for product, reasons in blockers.items()
                )
            )

    # ------------------------------------------------------------------ units
    def _update_uom(self, to_uom_id):
        """Refuse another unit once stock moved (tests/test_product_guards.py).

        Core would rewrite the unit of the old moves and keep their numbers: 1 kg becomes 1 m.
        """
        locked = self.filtered(
            lambda p: (p.material_type or p.composite_length) and p.has_stock_moves
        )
        if locked:
            product = locked[:1]
            raise UserError(
                self.env._(
                    "%(product)s already has stock moves in %(unit)s, so its unit cannot become "
                    "%(other)s. Create another product with that unit and archive this one.",
                    product=product.display_name,
                    # The variant's own cache already holds the new unit.
                    unit=product.product_tmpl_id.uom_id.name,
                    other=self.env["uom.uom"].browse(to_uom_id).name,
                )
            )
        return super()._update_uom(to_uom_id)

    # ----------------------------------------------------------- for programs
    @api.model
    @api.readonly
    def get_availability(self, needs, warehouse_id=None, date=None):
        """Say what is on hand, promised, free and missing; changes nothing.

        :param list needs: ``[{"product_id": 7, "quantity": 2.8}, ...]``, the quantity in the
            product's own unit, 0 or left out to ask only what there is.
        :param int warehouse_id: ``stock.warehouse``; the company's first when left out.
        :param str date: until when the forecast looks, ``YYYY-MM-DD`` or
            ``YYYY-MM-DD HH:MM:SS`` in UTC; left out: as far as anything is planned.
        :return: one dictionary per stocked product, in the order first asked:
            ``product_id``, ``product`` and ``unit`` (names), and as numbers ``needed``,
            ``on_hand``, ``promised``, ``free`` (negative when over-promised), ``forecast``
            and ``missing``.
        :raises ValidationError: a sentence for what cannot be understood.
        """
        report = self.env["cantoneira.availability"]._report(
            self._parse_needs(needs),
            self._parse_warehouse(warehouse_id),
            self._parse_moment(date),
        )
        return [
            {
                **line._asdict(),
                "product_id": line.product.id,
                "product": line.product.display_name,
                "unit": line.product.uom_id.name,
            }
            for line in report
        ]

    @api.model
    def _parse_needs(self, needs):
        """``{product: quantity}`` of what a program sent, the same product summed."""
        quantities = {}
        for need in needs if isinstance(needs, list | tuple) else [needs]:
            try:
                product_id = int(need["product_id"])
                quantity = arithmetic.exact(need.get("quantity") or 0)
            except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
                raise ValidationError(
                    self.env._(
                        "%(need)s is no need: send a list of {product_id: number, quantity: "
                        "number}.",
                        need=repr(need),
                    )
                ) from None
            quantities[product_id] = quantities.get(product_id, 0) + quantity
        known = self._known(self.env["product.product"], quantities)
        if unknown := quantities.keys() - set(known.ids):
            raise ValidationError(
                self.env._(
                    "There is no product with the id %(ids)s.",
                    ids=", ".join(map(str, sorted(unknown))),
                )
            )
        return {product: float(quantities[product.id]) for product in known}

    @api.model
    def _known(self, model, ids):
        """Those records of ``ids`` that exist, readable by the caller."""
        records = model.browse([i for i in ids if 0 < i <= MAX_ID]).exists()
        records.check_access("read")
        return records

    @api.model
    def _parse_warehouse(self, warehouse_id):
        warehouses = self.env["stock.warehouse"]
        if not warehouse_id:
            company = self.env.company
            warehouse = warehouses.search([("company_id", "=", company.id)], limit=1)
            if not warehouse:
                raise ValidationError(
                    self.env._("%(company)s has no warehouse.", company=company.name)
                )
            return warehouse
        number = warehouse_id if isinstance(warehouse_id, int) else 0
        warehouse = self._known(warehouses, [number])
        if not warehouse:
            raise ValidationError(
                self.env._("There is no warehouse with the id %(id)s.", id=warehouse_id)
            )
        return warehouse

    @api.model
    def _parse_moment(self, date):
        try:
            fields.Datetime.to_datetime(date)
        except (TypeError, ValueError):
            raise ValidationError(
                self.env._("%(date)s is no date; write it as 2026-12-31.", date=date)
            ) from None
        return date or None
