"""Units that recipes are written in."""

from __future__ import annotations

from odoo.api import Environment


def _unit(env: Environment, xmlid: str):
    # Cached, unlike env.ref(), which asks the database on every call.
    return env["uom.uom"].browse(env["ir.model.data"]._xmlid_to_res_id(xmlid))


def weight_unit(env: Environment):
    """Return the kilogram."""
    return _unit(env, "uom.product_uom_kgm")


def length_unit(env: Environment):
    """Return the metre."""
    return _unit(env, "uom.product_uom_meter")


def is_weight(unit) -> bool:
    """Tell whether ``unit`` (``uom.uom``) converts to kilograms.

    Odoo 19 has no categories of units: it would convert 1 m to 1 kg without a word.
    """
    return bool(unit) and unit._has_common_reference(weight_unit(unit.env))
