"""The seed's profile with its recipe, for the tests of this addon and those above it."""

from odoo import Command

from odoo.addons.cantoneira_stock.tests.common import CantoneiraStockCase

from ..hooks import post_init_hook

PRODUCTION_GROUPS = "cantoneira_mrp.group_production"
MANAGER_GROUPS = "cantoneira_mrp.group_production_manager"


def commit_profile(env, name, material, values=(), **line):
    """A profile made of one material, for tests that commit what they make.

    Such rows stay where something has moved: their names must be nobody else's (``name``).

    :param values: more of the profile.
    :param line: how much of ``material``: ``layer_count`` or ``grams_per_metre``.
    """
    profile = env["product.product"].create(
        {
            "name": name,
            "is_storable": True,
            "composite_length": True,
            "uom_id": env.ref("uom.product_uom_meter").id,
            "categ_id": env.ref("cantoneira_mrp.category_profiles").id,
            **dict(values),
        }
    )
    env["mrp.bom"].create(
        {
            "product_tmpl_id": profile.product_tmpl_id.id,
            "product_uom_id": profile.uom_id.id,
            "bom_line_ids": [Command.create({"product_id": material.id, **line})],
        }
    )
    return profile


class CantoneiraMrpCase(CantoneiraStockCase):
    """On top of the stock case: ``profile`` is manufactured, its ``recipe`` is the seed's.

    4 layers of ``paper_core``, 1 of ``paper_liner``, 15 g/m of ``glue``: 147.8 g/m, R$ 2.00/m.
    ``production_user`` is a plain operator, ``production_manager`` a plain manager.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What installation does; a test database may have been made before a change of it.
        post_init_hook(cls.env)
        cls.category_profiles = cls.env.ref("cantoneira_mrp.category_profiles")
        cls.profile.categ_id = cls.category_profiles
        cls.recipe = cls.make_recipe(
            cls.profile, layers={cls.paper_core: 4, cls.paper_liner: 1}, grams={cls.glue: 15}
        )
        cls.production_user = cls.make_user("producao_teste", PRODUCTION_GROUPS)
        cls.production_manager = cls.make_user("gerente_producao_teste", MANAGER_GROUPS)

    @classmethod
    def make_recipe(cls, product, layers, grams=()):
        """The recipe of ``product`` for one metre: ``{paper: layers}`` and ``{glue: g/m}``."""
        lines = [
            {"product_id": paper.id, "layer_count": count} for paper, count in layers.items()
        ] + [
            {"product_id": glue.id, "grams_per_metre": weight}
            for glue, weight in dict(grams).items()
        ]
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_uom_id": cls.metre.id,
                "bom_line_ids": [Command.create(values) for values in lines],
            }
        )

    @classmethod
    def fill_stock(cls, core=150, liner=100, glue=60):
        """Kilograms of the seed's three materials."""
        for material, quantity in (
            (cls.paper_core, core),
            (cls.paper_liner, liner),
            (cls.glue, glue),
        ):
            cls.put_in_stock(material, quantity)

    @classmethod
    def make_order(cls, pieces=10, length_mm=2500, product=None, confirm=True, user=None):
        """A manufacturing order typed by hand, by a plain operator unless told otherwise."""
        order = (
            cls.env["mrp.production"]
            .with_user(user or cls.production_user)
            .create(
                {
                    "product_id": (product or cls.profile).id,
                    "piece_qty": pieces,
                    "piece_length_mm": length_mm,
                }
            )
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def raw(cls, order, product):
        """The one material line of ``product``."""
        return order.move_raw_ids.filtered(lambda move: move.product_id == product)

    def assert_needs(self, order, **kilos):
        """``core=2.8`` …: what the order's material lines ask for, exactly."""
        asked = {
            name: self.raw(order, getattr(self, name if name == "glue" else f"paper_{name}"))
            for name in kilos
        }
        self.assertEqual({name: move.product_uom_qty for name, move in asked.items()}, kilos)
