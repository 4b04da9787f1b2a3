"""The factory of the simulated month: its things, its people, its clock."""

import random
from collections import Counter
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError

from odoo.addons.cantoneira_purchase.tests.common import CantoneiraPurchaseCase

from .month_book import Book, recipe_needs

#: A Monday at eight in the morning in São Paulo.
FIRST_MORNING = datetime(2027, 3, 1, 11, 0)

#: ``{paper: (g/m², mm, R$/kg)}``
PAPERS = {
    "Papel 400-70": (400, 70, 12),
    "Papel 360-75": (360, 75, 11),
    "Papel 440-190": (440, 190, 11.5),
    "Papel 130-160": (130, 160, 10),
    "Papel 150-165": (150, 165, 9.8),
}
GLUE, INK = "Cola do mês", "Tinta do mês"
#: ``{goods: (R$ bought, R$ sold, least)}``
GOODS = {"Fita do mês": (6, 15, 60), "Caixa do mês": (2.5, 6, 100), "Filme do mês": (31, 60, 20)}
#: ``{profile: {material: layers, or g/m of glue}}``
RECIPES = {
    "Perfil 50": {"Papel 400-70": 4, "Papel 130-160": 1, GLUE: 15},
    "Perfil 40": {"Papel 360-75": 4, "Papel 150-165": 1, GLUE: 14.5},
    "Perfil 100": {"Papel 440-190": 3, "Papel 150-165": 1, GLUE: 36.25},
}
PRICES = {"Perfil 50": 8, "Perfil 40": 7, "Perfil 100": 16}
LEVELS = {**dict.fromkeys(PAPERS, (400, 150)), GLUE: (60, 25), INK: (8, 3)}


class MonthCase(CantoneiraPurchaseCase):
    """Everything is bought, made and sold here; nothing was in stock before."""

    @classmethod
    def setUpClass(cls):
        cls.clock_control = freeze_time(FIRST_MORNING)
        cls.clock = cls.clock_control.start()
        cls.addClassCleanup(cls.clock_control.stop)
        super().setUpClass()
        cls.company.write({"shortage_policy": "block", "track_reels": True})
        cls.things = {}
        cls._make_materials()
        cls._make_goods()
        cls._make_profiles()
        cls.approver = cls.make_user(
            "aprova_mes",
            "cantoneira_stock.group_stock,cantoneira_mrp.group_production_manager",
        )
        # Who keeps the books of a small maker enters what suppliers ask for, too.
        cls.clerk = cls.make_user(
            "escritorio_mes", "cantoneira_sale.group_finance,cantoneira_purchase.group_buyer"
        )
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Cliente do mês {number}"} for number in range(8)]
        )
        cls.shelf = cls.env["stock.location"].create(
            {"name": "Prateleira do mês", "location_id": cls.stock_location.id}
        )
        cls._value_in_real_time()

    @classmethod
    def _make_materials(cls):
        for name, (grammage, width, price) in PAPERS.items():
            cls._keep(name, cls.make_paper(name, grammage, width), price, LEVELS[name])
        cls._keep(GLUE, cls.make_material(GLUE, "pva_glue"), 30, LEVELS[GLUE])
        litre = cls.env.ref("uom.product_uom_litre")
        cls._keep(INK, cls.make_material(INK, "ink", uom_id=litre.id), 45, LEVELS[INK])

    @classmethod
    def _make_goods(cls):
        cls.dozen = cls.env["uom.uom"].create(
            {"name": "Dúzia do mês", "relative_factor": 12, "relative_uom_id": cls.unit.id}
        )
        for name, (bought, sold, least) in GOODS.items():
            goods = cls.make_resale(name, price=sold)
            goods.uom_ids = cls.dozen
            cls._keep(name, goods, bought, (least, least // 2))

    @classmethod
    def _make_profiles(cls):
        for name, recipe in RECIPES.items():
            profile = cls.make_profile(name, (50, 50, 3), price=PRICES[name])
            profile.categ_id = cls.category_profiles
            materials = {cls.things[material]: amount for material, amount in recipe.items()}
            cls.make_recipe(
                profile,
                {paper: n for paper, n in materials.items() if paper.reel_width_mm},
                {glue: grams for glue, grams in materials.items() if not glue.reel_width_mm},
            )
            cls.things[name] = profile

    @classmethod
    def _keep(cls, name, product, price, levels):
        cls.things[name] = product
        cls.make_offer(product, price=price, min_qty=1, delay=3)
        cls.set_levels(product, *levels)

    @classmethod
    def _value_in_real_time(cls):
        """An account of its own for each kind, moved by core whenever stock is."""
        accounts = cls.env["account.account"].create(
            [
                {"name": f"{name} do mês", "code": f"1999{index}", "account_type": kind}
                for index, (name, kind) in enumerate(
                    [("Estoque", "asset_current"), ("Variação", "expense")]
                )
            ]
        )
        cls.stock_account, cls.variation = accounts
        cls.stock_account.account_stock_variation_id = cls.variation
        products = cls.env["product.product"].concat(*cls.things.values())
        cls.categories = {}
        for category in products.categ_id:
            own = category.copy({"name": f"{category.name} do mês"})
            own.write(
                {
                    "property_valuation": "real_time",
                    "property_cost_method": category.property_cost_method,
                    "property_stock_valuation_account_id": cls.stock_account.id,
                }
            )
            products.filtered(lambda p, c=category: p.categ_id == c).categ_id = own
        places = cls.env["stock.location"].search([("usage", "in", ("inventory", "production"))])
        places.valuation_account_id = cls.variation

    def setUp(self):
        super().setUp()
        self.book = Book()
        self.done = Counter()
        self.names = {product: name for name, product in self.things.items()}

    # ------------------------------------------------------------------ helpers
    def as_user(self, user, record):
        """``record`` as ``user`` sees it."""
        return record.sudo(False).with_user(user)

    def name_of(self, product):
        return self.names[product.with_env(self.env)]

    def needs(self, profile, pieces, length_mm):
        papers = {name: (Decimal(g), Decimal(w)) for name, (g, w, _price) in PAPERS.items()}
        recipe = {name: Decimal(str(amount)) for name, amount in RECIPES[profile].items()}
        return recipe_needs(recipe, papers, pieces, length_mm)

    def pass_time(self, **delta):
        self.clock.tick(timedelta(**delta))

    def settle(self):
        """As between one request and the next."""
        self.env.flush_all()
        self.env.invalidate_all()

    def refusal(self, act, error=UserError):
        """What ``act`` was refused with, None when it was done."""
        try:
            with self.env.cr.savepoint():
                act()
                return None
        except error as refused:
            return refused

    def answer(self, result, user):
        """Say yes to whatever is asked."""
        yes = {
            "mrp.production.backorder": "action_backorder",
            "cantoneira.close.short": "action_make_rest",
            "mrp.consumption.warning": "action_confirm",
            "stock.backorder.confirmation": "process",
        }
        while isinstance(result, dict) and result.get("res_model") in yes:
            model = result["res_model"]
            wizard = self.env[model].with_user(user).with_context(**result["context"]).create({})
            result = getattr(wizard, yes[model])()

    @contextmanager
    def counted(self, what):
        yield
        self.done[what] += 1
        self.pass_time(minutes=3)
        self.settle()

    def set_dice(self, seed):
        self.dice = random.Random(seed)

    def chance(self, percent):
        return self.dice.random() * 100 < percent

    @classmethod
    def line_values(cls, values):
        return Command.create({"tax_ids": False, **values})
