"""What programs ask besides creating orders (``request_key.py``): prices, availability, documents.

The methods without underscore are the interface of docs/integration.md; its examples are tests.
They take and return plain data. A program's user (:data:`INTEGRATION_GROUP`) may do next to
nothing by itself: the methods check what it sent and what it may read, then work on its behalf.
"""

import base64
import math

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.cantoneira_stock.models.acceleration import batch

INTEGRATION_GROUP = "cantoneira_sale.group_integration"

#: Which papers a program may have, and the report that prints each.
DOCUMENTS = {
    "order": "sale.action_report_saleorder",
    "delivery": "stock.action_report_delivery",
    "invoice": "account.account_invoices",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _for_program(self):
        """``self`` with the rights a program's call needs.

        sudo: its user may create and confirm orders through these methods and no other way. What
        it sent was checked before, and orders are looked up with its own rights.
        """
        user = self.env.user
        is_program = user.has_group(INTEGRATION_GROUP)
        sells = user.has_group("sales_team.group_sale_salesman")
        return self.sudo() if is_program and not sells else self

    # ------------------------------------------------------------ what it asks
    @api.model
    @api.readonly
    def preview_order(self, values):
        """Return what an order would cost and whether its material is there; create nothing.

        :param dict values: as for :meth:`create_once`
        :return: a dict: ``currency``, ``amount_untaxed``, ``amount_tax``, ``amount_total``,
            ``pieces``, ``metres``, ``net_weight`` (kg); ``lines`` as :meth:`_line_summary`;
            ``available`` and ``materials``, a list of dicts of ``product_id``, ``name``,
            ``unit``, ``needed``, ``free`` and ``missing``; ``expected_date`` (UTC text or False)
        :raises ValidationError: with a sentence, for what :meth:`create_once` would refuse
        """
        self.browse().check_access("read")
        with batch(self.env):
            return self._preview(self._request_values(values))

    @api.model
    def _preview(self, values):
        order = self._for_program()._new_as_asked(values)
        for line in order.order_line.filtered("is_composite"):
            line._check_measures(line.piece_qty, line.piece_length_mm)
        needs = order.env["product.product"]._material_needs(
            order.order_line._quantities_by_product(), order.company_id
        )
        report = self.env["cantoneira.availability"]._report(
            needs, order.warehouse_id, order.commitment_date or order.expected_date
        )
        return {
            "currency": order.currency_id.name,
            **{name: order[name] for name in ("amount_untaxed", "amount_tax", "amount_total")},
            "pieces": order.total_pieces,
            "metres": order.total_metres,
            "net_weight": order.net_weight,
            "lines": [line._line_summary() for line in order.order_line],
            "available": not any(entry.missing for entry in report),
            "materials": [
                {
                    "product_id": entry.product.id,
                    "name": entry.product.display_name,
                    "unit": entry.product.uom_id.name,
                    "needed": entry.needed,
                    "free": entry.free,
                    "missing": entry.missing,
                }
                for entry in report
            ],
            "expected_date": fields.Datetime.to_string(order.expected_date) or False,
        }

    @api.model
    def _new_as_asked(self, values):
        """The order that ``values`` would become, not created; addons above complete it."""
        return self.new(values)

    def read_documents(self, kinds=("order",)):
        """Return papers of these orders as PDF.

        :param kinds: any of ``order`` (quotation or order), ``delivery`` (slips of what left)
            and ``invoice`` (posted ones)
        :return: a list of dicts: ``order_id``, ``kind``, ``name`` (of the file), ``mimetype``
            and ``content`` (base64)
        """
        self.check_access("read")
        asked = list(kinds) if isinstance(kinds, list | tuple) else [kinds]
        if unknown := [kind for kind in asked if kind not in list(DOCUMENTS)]:
            raise self._unknown_fields(unknown, DOCUMENTS)
        # sudo: the papers of an order that its reader may read; core's portal does the same.
        return [
            document
            for order in self.sudo()
            for kind in asked
            for document in order._documents(kind)
        ]

    def _documents(self, kind):
        records = {
            "order": self,
            "delivery": self.picking_ids.filtered(
                lambda p: p.state == "done" and p.picking_type_code == "outgoing"
            ),
            "invoice": self.invoice_ids.filtered(lambda move: move.state == "posted"),
        }[kind]
        reports = self.env["ir.actions.report"]
        for record in records:
            content, extension = reports._render_qweb_pdf(DOCUMENTS[kind], record.ids)
            if isinstance(content, str):
                content = content.encode()
            yield {
                "order_id": self.id,
                "kind": kind,
                "name": f"{record.name.replace('/', '-')}.{extension}",
                "mimetype": "application/pdf" if extension == "pdf" else "text/html",
                "content": base64.b64encode(content).decode(),
            }

    # ------------------------------------------------------- what it may send
    @api.model
    def _request_values(self, values):
        """Values of an order from a program's request, or a sentence about what is wrong."""
        lines = self._check_request(values)
        order = {name: value for name, value in values.items() if name != "lines"}
        self._check_kinds(order, self.env._("Order"), self)
        line_model = self.env["sale.order.line"]
        for number, line in enumerate(lines, start=1):
            self._check_kinds(line, self.env._("Line %s", number), line_model)
        for name, value in order.items():
            if value and self._fields[name].type == "many2one":
                self._check_known(self._fields[name].comodel_name, {value}, name)
        self._check_known("product.product", {line["product_id"] for line in lines}, "product_id")
        return {
            **order,
            "order_line": [(0, 0, line_model._fill_composite_quantity(line)) for line in lines],
        }

    @api.model
    def _check_known(self, model, ids, name):
        """Ids that the program may use: they exist and its user may read them."""
        domain = [("id", "in", list(ids))]
        if model == "product.product":
            domain.append(("sale_ok", "=", True))
        found = self.env[model].search(domain)
        if unknown := ids - set(found.ids):
            raise ValidationError(
                self.env._(
                    "%(name)s %(unknown)s is not known here, or cannot be sold or used any more.",
                    name=name,
                    unknown=", ".join(map(str, sorted(unknown))),
                )
            )

    @api.model
    def _check_kinds(self, values, subject, model):
        """Every value is one that its field of ``model`` can take; measures were checked before."""
        for name, value in values.items():
            if not self._is_kind_of(model._fields[name], value):
                raise ValidationError(
                    self.env._(
                        "%(subject)s: %(value)s cannot be read as %(name)s.",
                        subject=subject,
                        value=str(value)[:100],
                        name=name,
                    )
                )

    @api.model
    def _is_kind_of(self, field, value):
        match field.type:
            case "many2one":
                return (type(value) is int and value > 0) or (not value and not field.required)
            case "integer" | "float" | "monetary":
                most = 100 if "discount" in field.name and field.type == "float" else math.inf
                return self._is_number(value) and 0 <= value <= most
            case "datetime":
                return not value or self._is_moment(value)
            case "selection":
                return not value or value in field.get_values(self.env)
            case _:
                return isinstance(value, str) or value in (False, None)

    @api.model
    def _is_number(self, value):
        return (
            isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        )

    @api.model
    def _is_moment(self, value):
        try:
            return isinstance(value, str) and bool(fields.Datetime.to_datetime(value))
        except ValueError:
            return False


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _line_summary(self):
        """What a program reads of a line; ``quantity`` in ``unit`` (metres of a profile)."""
        return {
            "product_id": self.product_id.id,
            "name": self.product_id.display_name or self.name,
            "piece_qty": self.piece_qty,
            "piece_length_mm": self.piece_length_mm,
            "quantity": self.product_uom_qty,
            "unit": self.product_uom_id.name,
            "net_weight": self.composite_weight if self.is_composite else False,
            "price_unit": self.price_unit,
            "price_basis": self.price_basis or False,
            "basis_price": self.basis_price if self._has_derived_price() else False,
            "discount": self.discount,
            "price_subtotal": self.price_subtotal,
        }
