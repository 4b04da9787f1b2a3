"""Orders made of two reels on one line, for the tests of this addon."""

from datetime import datetime, timedelta

from odoo.addons.cantoneira_reel.tests.common import CantoneiraReelCase
from odoo.addons.cantoneira_sale.tests.common import CantoneiraSaleCase

MONDAY = datetime(2026, 3, 2, 11)


class CantoneiraResultsCase(CantoneiraSaleCase):
    """The seed's maker whose papers are reels (``core_reel``, ``liner_reel``), with one line.

    100 m/h, 30 minutes for a change of profile.
    """

    make_reel = classmethod(CantoneiraReelCase.make_reel.__func__)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        papers = cls.paper_core | cls.paper_liner
        papers.product_tmpl_id.tracking = "lot"
        lots = cls.env["stock.lot"].search([("product_id", "in", papers.ids)])
        cls.core_reel = lots.filtered(lambda lot: lot.product_id == cls.paper_core)
        cls.liner_reel = lots.filtered(lambda lot: lot.product_id == cls.paper_liner)
        cls.core_reel.write({"vendor_id": cls.vendor.id, "supplier_batch": "LOTE-9"})
        cls.machine = cls.env["mrp.workcenter"].create({"name": "Linha T", "change_minutes": 30})
        cls.profile.metres_per_hour = 100
        cls.other_profile = cls.make_profile("Cantoneira 40x40x3mm", (40, 40, 3), price=7)
        cls.other_profile.categ_id = cls.category_profiles
        cls.other_profile.metres_per_hour = 100
        cls.make_recipe(cls.other_profile, layers={cls.paper_core: 2}, grams={cls.glue: 10})
        Reason = cls.env["cantoneira.floor.reason"]
        cls.meal = Reason.create({"name": "Almoço T", "kind": "stop"})
        cls.setting_up = Reason.create({"name": "Preparo T", "kind": "stop", "is_setup": True})
        cls.tear = Reason.create({"name": "Rasgo T", "kind": "scrap"})

    def make_sold(self, pieces=10, length_mm=2500, product=None, **values):
        """A confirmed order of one line, and its manufacturing order as the operator sees it."""
        line = self.composite(pieces, length_mm, product=product)
        order = self.make_order(line, confirm=True, **values)
        production = order.sudo().order_line.production_ids
        production.machine_id = self.machine
        return order, production.with_user(self.production_user)

    def finish(self, production, **weighed):
        """Make all of it from the reels there are; ``core=3`` kg were really weighed."""
        production.action_start()
        production.pieces_producing = production.piece_qty
        for name, kilograms in weighed.items():
            self.raw_of(production, name).quantity = kilograms
        production.with_context(skip_consumption=True).button_mark_done()
        self.assertEqual(production.state, "done")
        return production

    def raw_of(self, production, name):
        material = getattr(self, name if name == "glue" else f"paper_{name}")
        return self.raw(production, material)

    raw = classmethod(CantoneiraReelCase.raw.__func__)

    def took(self, production, hours, start=MONDAY, pauses=()):
        """It ran from ``start`` for so many hours, with pauses of ``(reason, minutes)``."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE mrp_production
               SET date_start = %s, date_planned_start = %s, date_finished = %s WHERE id = %s
            """,
            [start, start, start + timedelta(hours=hours), production.id],
        )
        self.env.invalidate_all()
        self.env["cantoneira.production.stop"].create(
            [
                {
                    "production_id": production.id,
                    "machine_id": self.machine.id,
                    "reason_id": reason.id,
                    "user_id": self.production_user.id,
                    "date_start": start,
                    "date_end": start + timedelta(minutes=minutes),
                }
                for reason, minutes in pauses
            ]
        )
        return production

    def rows(self, report, productions, user=None):
        """The report's rows of these orders, as ``user`` (default: the manager) sees them."""
        model = self.env[f"cantoneira.{report}"].with_user(user or self.production_manager)
        # Nothing tells the cache of a report that what it reports of has changed.
        model.invalidate_model()
        return model.search([("production_id", "in", productions.ids)], order="id")

    def queries(self, ask):
        """SQL of ``ask()`` with nothing in the caches but what a first call fills."""
        for _warming in range(2):
            ask()
            self.env.flush_all()
            self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        ask()
        return self.env.cr.sql_log_count - before
