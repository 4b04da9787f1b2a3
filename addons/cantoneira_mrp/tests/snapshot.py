"""Everything a job created, as plain values, so that two runs can be compared field by field.

Ids, and numbers drawn from sequences, differ by chance between two runs. So each record gets a
label from what it is for; a reference to it reads as its label, and its name inside a text too.
"""

import re

from odoo.fields import Char, Html, Text

#: When, and by which transaction, a row was written is no part of what it says.
CHANCE = {"id", "create_date", "write_date", "access_token", "access_url", "message_id"}
CHANCE |= {"mail_mail_id", "barcode"}
#: What hangs on a record is compared where it is stored; properties are the picking type's.
SHOWN_ELSEWHERE = {"one2many", "binary", "properties"}


def _of(record, *names):
    return tuple(record[name] for name in names if name in record._fields)


#: model: what tells its records apart, in the order in which they can be labelled
LABELS = {
    "sale.order": lambda r: _of(r, "partner_id", "client_order_ref"),
    "sale.order.line": lambda r: _of(r, "order_id", "sequence", "product_id", "product_uom_qty"),
    "stock.reference": lambda r: _of(r, "sale_ids"),
    "mrp.production": lambda r: _of(r, "sale_line_id", "product_id", "product_qty"),
    "mrp.production.group": lambda r: _of(r, "production_ids"),
    "mrp.workorder": lambda r: _of(r, "production_id", "operation_id"),
    "stock.picking": lambda r: _of(r, "picking_type_id", "sale_id", "production_group_id"),
    "stock.move": lambda r: (
        *_of(r, "production_id", "raw_material_production_id", "sale_line_id", "product_id"),
        *_of(r, "location_id", "location_dest_id", "product_uom_qty", "bom_line_id"),
    ),
    "stock.move.line": lambda r: _of(r, "move_id", "lot_id", "quantity"),
    "stock.quant": lambda r: _of(r, "product_id", "location_id", "lot_id"),
    "purchase.order": lambda r: _of(r, "partner_id"),
    "purchase.order.line": lambda r: _of(r, "order_id", "product_id", "product_qty"),
    "account.move": lambda r: _of(r, "move_type", "amount_total"),
    "account.move.line": lambda r: _of(r, "move_id", "sale_line_ids", "account_id", "balance"),
    "product.value": lambda r: _of(r, "product_id", "move_id"),
    "mail.message": lambda r: (*_of(r, "model", "subtype_id", "message_type"), _thread(r)),
    "mail.tracking.value": lambda r: _of(r, "mail_message_id", "field_id"),
    "mail.followers": lambda r: (*_of(r, "res_model", "partner_id"), _thread(r)),
    "mail.activity": lambda r: (*_of(r, "res_model", "user_id"), _thread(r)),
    "mail.notification": lambda r: _of(r, "mail_message_id", "res_partner_id"),
}


def _thread(record):
    model = record["model"] if "model" in record._fields else record.res_model
    return record.env[model].browse(record.res_id) if model else model


class Snapshot:
    """Take one before the job; :meth:`since` tells what the job made or changed since."""

    def __init__(self, env):
        # All companies' records, whoever made them.
        self.env = env(su=True)
        self.models = [name for name in LABELS if name in env]
        self.last = {name: self._ids(name)[-1:] for name in self.models}

    def _ids(self, name):
        records = self.env[name].with_context(active_test=False).search([], order="id")
        return records.ids

    def _created(self, name):
        last = self.last[name][0] if self.last[name] else 0
        # What is in stock counts whole: a job changes it.
        everything = name == "stock.quant"
        return self.env[name].browse(i for i in self._ids(name) if everything or i > last)

    def since(self):
        """Return ``{label: {field: value}}`` of the records made since, all stored fields."""
        labels = {}
        for name in self.models:
            keys = {
                record: tuple(self._plain(value, labels) for value in LABELS[name](record))
                for record in self._created(name)
            }
            # Equal keys in the order in which they were made.
            ordered = sorted(keys, key=lambda record: (keys[record], record.id))
            labels |= {record: f"{name}#{number}" for number, record in enumerate(ordered, 1)}
        names = [(r.name, label) for r, label in labels.items() if _has_own_name(r)]
        names.sort(key=lambda pair: len(pair[0]), reverse=True)
        made = {label: self._values(record, labels, names) for record, label in labels.items()}
        # Numbers differ between runs, the order in which they were given may not.
        for rank, (_name, label) in enumerate(sorted(names)):
            made[label]["rank of number"] = rank
        return made

    def _plain(self, value, labels):
        if hasattr(value, "_ids"):
            return ",".join(sorted(labels.get(one) or f"{one._name}:{one.id}" for one in value))
        return f"{value:.6f}" if isinstance(value, float) else str(value)

    def _values(self, record, labels, names):
        values = {}
        for name, field in record._fields.items():
            if field.store and name not in CHANCE and field.type not in SHOWN_ELSEWHERE:
                value = record[name]
                if name == "res_id":
                    value = _thread(record)
                text = self._plain(value, labels)
                if isinstance(field, Char | Text | Html):
                    text = re.sub(r'data-oe-id="\d+"', "", text)
                    for number, label in names:
                        text = text.replace(number, label)
                values[name] = text
        return values


def _has_own_name(record):
    field = record._fields.get("name")
    return field and field.store and field.type == "char" and record.name not in (False, "", "/")


def differences(one, other):
    """Return lines that say where two snapshots differ; none when they are equal."""
    lines = [f"only in one run: {label}" for label in sorted(one.keys() ^ other.keys())]
    for label in sorted(one.keys() & other.keys()):
        for name, value in one[label].items():
            if value != other[label].get(name):
                lines.append(f"{label}.{name}: {value!r} != {other[label].get(name)!r}")
    return lines
