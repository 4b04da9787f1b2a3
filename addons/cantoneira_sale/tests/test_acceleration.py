"""A long order costs little more per line, and its records are the ones Odoo makes alone."""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from odoo.addons.cantoneira_mrp.tests.snapshot import Snapshot, differences

from .common import CantoneiraSaleCase

SWITCH = "cantoneira.acceleration"


class _TakeBack(Exception):
    """Undoes a run."""


class AccelerationCase(CantoneiraSaleCase):
    """Runs a job with and without the accelerations, from the same start."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for material in (cls.paper_core, cls.paper_liner, cls.glue, cls.tape):
            cls.put_in_stock(material, 100_000)
        cls.other_profile = cls.make_profile(
            "Cantoneira 40x40x3mm", (40, 40, 3), price=7, categ_id=cls.category_profiles.id
        )
        cls.make_recipe(cls.other_profile, {cls.paper_core: 3}, {cls.glue: 12})

    def lines(self, count):
        """``count`` composite lines, no two alike, and three of resale."""
        profiles = (self.profile, self.other_profile)
        return [
            self.composite(5 + number, 1000 + 13 * number, product=profiles[number % 2])
            for number in range(count)
        ] + [self.resale(quantity) for quantity in (1, 2, 3)]

    def switch(self, accelerated):
        value = "on" if accelerated else "off"
        self.env["ir.config_parameter"].sudo().set_param(SWITCH, value)

    def run_job(self, job, accelerated):
        """What ``job()`` makes, as a snapshot; the job is undone."""
        self.switch(accelerated)
        made = {}
        self.env.invalidate_all()
        try:
            with freeze_time("2026-03-02 12:00:00"), self.env.cr.savepoint():
                before = Snapshot(self.env)
                job()
                self.env.cr.flush()
                made = before.since()
                raise _TakeBack
        except _TakeBack:
            self.env.invalidate_all()
        return made

    def assert_same(self, job, **counts):
        """``job()`` makes the same records both ways, and so many of each kind."""
        fast, plain = self.run_job(job, True), self.run_job(job, False)
        different = differences(plain, fast)
        self.assertFalse(different, "\n".join(different[:40]))
        kinds = [label.partition("#")[0] for label in plain]
        for kind, count in counts.items():
            self.assertEqual(kinds.count(kind.replace("_", ".")), count, kind)

    def confirm(self, lines, **values):
        order = self.make_order(*lines, **values)
        order.action_confirm()
        return order

    def productions(self, order):
        return order.sudo().order_line.production_ids.with_user(self.production_user)

    def make_all(self, order):
        productions = self.productions(order)
        productions.action_start()
        productions.button_mark_done()
        self.assertEqual(set(productions.mapped("state")), {"done"})


@tagged("post_install", "-at_install")
class TestSameRecords(AccelerationCase):
    def test_confirmed(self):
        self.assert_same(
            lambda: self.confirm(self.lines(8)), mrp_production=8, stock_picking=1, stock_move=39
        )

    def test_whole_job(self):
        def job():
            order = self.confirm(self.lines(6))
            self.make_all(order)
            self.deliver(order)
            self.assertEqual(order.production_state, "delivered")
            order.with_user(self.finance_user)._create_invoices().action_post()

        self.assert_same(job, mrp_production=6, stock_picking=1, account_move=1)

    def test_invoice_with_analytic_distribution(self):
        plan = self.env["account.analytic.plan"].create({"name": "Linhas"})
        account = self.env["account.analytic.account"].create({"name": "50x50", "plan_id": plan.id})
        model = self.env["account.analytic.distribution.model"].create(
            {"product_id": self.profile.id, "analytic_distribution": {str(account.id): 100}}
        )

        def job():
            order = self.confirm(self.lines(2))
            invoice = order.with_user(self.finance_user)._create_invoices()
            invoice.action_post()
            distributed = invoice.invoice_line_ids.mapped("analytic_distribution")
            self.assertIn(model.analytic_distribution, distributed)

        self.assert_same(job, account_move=1)

    def test_closed_without_start(self):
        """The paper was not reserved before."""
        self.assert_same(
            lambda: self.productions(self.confirm(self.lines(4))).button_mark_done(),
            mrp_production=4,
        )

    def test_some_already_made(self):
        """One order half made, one weighed, one untouched: closed together."""

        def job():
            productions = self.productions(self.confirm(self.lines(3)))
            productions[0].pieces_producing = productions[0].piece_qty
            productions[1].action_start()
            productions[1].move_raw_ids[0].quantity *= 1.01
            productions.with_context(skip_consumption=True).button_mark_done()
            self.assertEqual(set(productions.mapped("state")), {"done"})

        self.assert_same(job, mrp_production=3)

    def test_two_orders_two_warehouses(self):
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        for material in (self.paper_core, self.paper_liner, self.glue, self.tape):
            self.put_in_stock(material, 1000, warehouse=other)

        def job():
            orders = self.make_order(*self.lines(3))
            orders |= self.make_order(*self.lines(2), warehouse_id=other.id, client_order_ref="2")
            orders.action_confirm()

        self.assert_same(job, mrp_production=5, stock_picking=2)

    def test_paper_on_two_shelves(self):
        """More than one quant: what the first shelf lacks comes from the second."""
        shelves = self.env["stock.location"].create(
            [{"name": name, "location_id": self.stock_location.id} for name in ("A", "B")]
        )
        paper = self.make_paper("Bobina 300g – 60mm", 300, 60, cost=11)
        self.make_recipe(self.other_profile, {paper: 2}).sequence = -1
        for shelf in shelves:
            self.env["stock.quant"]._update_available_quantity(paper, shelf, 0.8)

        def job():
            order = self.confirm(self.lines(6))
            self.make_all(order)

        self.assert_same(job, mrp_production=6)

    def test_reels(self):
        """Papers by lot are consumed first in, first out."""
        paper = self.make_paper("Bobina 350g – 60mm", 350, 60, cost=11, tracking="lot")
        self.make_recipe(self.other_profile, {paper: 2}).sequence = -1
        for name, day in (("R1", "2026-01-01"), ("R2", "2026-01-02")):
            lot = self.env["stock.lot"].create({"name": name, "product_id": paper.id})
            self.env["stock.quant"]._update_available_quantity(
                paper, self.stock_location, 1.0, lot_id=lot, in_date=day
            )
        self.assert_same(lambda: self.make_all(self.confirm(self.lines(6))), mrp_production=6)

    def test_kit(self):
        """A kit of resale goods goes on the same delivery, exploded."""
        lid, box = self.make_resale("Tampa", 2), self.make_resale("Caixa", 5)
        kit = self.make_resale("Conjunto", 7)
        self.put_in_stock(lid, 50)
        self.put_in_stock(box, 50)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": 1}) for part in lid | box
                ],
            }
        )

        def job():
            order = self.confirm([*self.lines(2), self.resale(4, product=kit)])
            self.make_all(order)
            self.deliver(order)

        self.assert_same(job, mrp_production=2, stock_picking=1)

    def test_component_made_to_order(self):
        """Two orders feed on one component order: they are left to core, one by one."""
        core = self.make_product("Miolo", categ_id=self.category_profiles.id, uom_id=self.metre.id)
        self.make_recipe(core, {self.paper_core: 1})
        self.put_in_stock(core, 1000)
        self.make_recipe(self.other_profile, {}, {}).write(
            {
                "sequence": -1,
                "bom_line_ids": [Command.create({"product_id": core.id, "product_qty": 1})],
            }
        )
        self.assert_same(lambda: self.confirm(self.lines(4)))

    def test_operations(self):
        """Work orders are confirmed with their order."""
        line = self.env["mrp.workcenter"].create({"name": "Linha 1"})
        self.recipe.operation_ids = [
            Command.create({"name": "Colar", "workcenter_id": line.id, "time_cycle_manual": 3})
        ]
        self.assert_same(lambda: self.confirm(self.lines(4)), mrp_workorder=2)

    def test_steps(self):
        """Pick, pack and ship; components brought to production first."""
        self.warehouse.write({"delivery_steps": "pick_pack_ship", "manufacture_steps": "pbm"})
        self.assert_same(lambda: self.confirm(self.lines(3)), mrp_production=3)

    def test_reordering_rule(self):
        """An automatic rule is asked for all orders at once and buys the same."""
        self.env["product.supplierinfo"].create(
            {"product_tmpl_id": self.paper_core.product_tmpl_id.id, "partner_id": self.vendor.id}
        )
        on_hand = self.paper_core.qty_available
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.paper_core.id,
                "product_min_qty": on_hand - 1,
                "product_max_qty": on_hand,
                "trigger": "auto",
            }
        )
        self.assert_same(lambda: self.confirm(self.lines(4)), mrp_production=4)

    def test_variants(self):
        """Each variant has its own recipe."""
        attribute = self.env["product.attribute"].create(
            {"name": "Cor", "value_ids": [Command.create({"name": n}) for n in ("Parda", "Branca")]}
        )
        chosen = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        template = self.env["product.template"].create(
            {
                "name": "Cantoneira 45x45x3mm",
                "is_storable": True,
                "composite_length": True,
                "uom_id": self.metre.id,
                "categ_id": self.category_profiles.id,
                "attribute_line_ids": [Command.create(chosen)],
            }
        )
        self.make_recipe(template.product_variant_ids[0], {self.paper_core: 2})
        brown, white = template.product_variant_ids
        self.make_recipe(white, {self.paper_liner: 2}).write(
            {"sequence": -1, "product_id": white.id}
        )
        lines = [self.composite(2 + n, 1500, product=(brown, white)[n % 2]) for n in range(6)]
        self.assert_same(lambda: self.make_all(self.confirm(lines)), mrp_production=6)


@tagged("post_install", "-at_install")
class TestCost(AccelerationCase):
    """How many queries ten lines and sixty take: what a line adds, not how long it takes."""

    def queries(self, count, action):
        self.env.invalidate_all()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def per_line(self, prepare, act):
        """Queries that ``act(prepare(lines))`` takes more for each line more."""
        self.switch(True)
        act(prepare(2))
        counts = {}
        for size in (10, 60):
            subject = prepare(size)
            counts[size] = self.queries(size, lambda subject=subject: act(subject))
        return (counts[60] - counts[10]) / 50

    def test_confirm(self):
        slope = self.per_line(
            lambda size: self.make_order(*self.lines(size)), lambda order: order.action_confirm()
        )
        self.assertLess(slope, 3)
