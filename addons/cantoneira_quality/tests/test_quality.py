"""The quality report: measured by an operator, computed, concluded; what fails stays here."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.cantoneira_dispatch.tests import test_one_weight as one_weight
from odoo.addons.cantoneira_dispatch.tests.common import CantoneiraDispatchCase


class QualityCase(CantoneiraDispatchCase):
    GOOD = {
        "length_mm": 2500,
        "flange_a_mm": 50,
        "flange_b_mm": 50,
        "thickness_mm": 3,
        "weight_kg": 0.37,
    }

    def setUp(self):
        super().setUp()
        self.customer.lang = "en_US"
        self.picking = self.packed(self.composite(10, 2500))
        self.production = self.picking.sudo().sale_id.production_ids.with_user(self.production_user)

    def begin(self):
        """A new report of the order, as the operator begins it."""
        action = self.production._new_quality_report()
        return self.production.quality_report_ids.browse(action["res_id"])

    def measure(self, report, **deviation):
        """All pieces well, the first with this deviation."""
        report.sample_ids.write(self.GOOD)
        if deviation:
            report.sample_ids[0].write(deviation)
        return report

    def concluded(self, **deviation):
        report = self.measure(self.begin(), **deviation)
        report.action_conclude()
        return report

    def gate(self):
        return self.check_out(self.code(self.picking))


@tagged("post_install", "-at_install")
class TestQualityReport(QualityCase):
    def test_begins_empty(self):
        """Nothing is measured, so nothing is approved: there is no verdict to conclude with."""
        report = self.begin()
        self.assertRegex(report.name, r"^LQ-\d{5}$")
        self.assertEqual((len(report.sample_ids), report.measured_count), (5, 0))
        self.assertFalse(report.verdict)
        self.assertEqual(
            (report.flange_a_mm, report.thickness_mm, report.length_mm, report.weight_kg),
            (50, 3, 2500, 0.37),
        )
        self.assertEqual(
            (
                report.tolerance_length_mm,
                report.tolerance_flange_mm,
                report.tolerance_thickness_mm,
                report.tolerance_weight_kg,
            ),
            (30, 3, 0.3, 0.03),
        )
        with self.assert_refused("0 of 5 pieces are measured"):
            report.action_conclude()
        report.sample_ids[:4].write(self.GOOD)
        report.sample_ids[4].write({**self.GOOD, "thickness_mm": 0})
        self.assertFalse(report.verdict)
        with self.assert_refused("4 of 5 pieces are measured"):
            report.action_conclude()

    def test_limits(self):
        """Exactly the tolerance is well; a hair more is not, and is said."""
        for name, well, over, said in (
            ("length_mm", 2530, 2530.5, r"Length \(mm\): 2,530\.5 \(2,500 ± 30\)"),
            ("flange_a_mm", 47, 46.99, r"Flange A \(mm\): 46\.99 \(50 ± 3\)"),
            ("flange_b_mm", 53, 53.01, r"Flange B \(mm\): 53\.01 \(50 ± 3\)"),
            ("thickness_mm", 3.3, 3.31, r"Thickness \(mm\): 3\.31 \(3 ± 0\.3\)"),
            ("weight_kg", 0.4, 0.401, r"Weight \(kg\): 0\.401 \(0\.37 ± 0\.03\)"),
        ):
            with self.subTest(measure=name):
                report = self.measure(self.begin(), **{name: well})
                self.assertEqual(report.verdict, "approved")
                report.sample_ids[0][name] = over
                self.assertEqual(report.verdict, "failed")
                self.assertRegex(report.sample_ids[0].problems, said)
        with self.assert_refused("below zero", ValidationError):
            report.sample_ids[0].length_mm = -1

    def test_profile_is_stricter(self):
        self.profile.product_tmpl_id.quality_length_tolerance_mm = 5
        report = self.measure(self.begin(), length_mm=2510)
        self.assertEqual((report.tolerance_length_mm, report.verdict), (5, "failed"))
        # What was fixed when it began does not follow the settings.
        self.profile.product_tmpl_id.quality_length_tolerance_mm = 0
        self.company.quality_length_tolerance_mm = 50
        self.assertEqual((report.tolerance_length_mm, report.verdict), (5, "failed"))

    def test_concluded_is_a_fact(self):
        report = self.concluded()
        self.assertEqual((report.state, report.verdict), ("done", "approved"))
        self.assertEqual(report.measured_by_id, self.production_user)
        self.assertTrue(report.measured_date)
        for change in (
            lambda: report.sample_ids[0].write({"length_mm": 1}),
            lambda: report.sample_ids[0].unlink(),
            lambda: report.write({"state": "draft"}),
            lambda: report.write({"verdict": "failed"}),
            lambda: report.with_user(self.production_manager).unlink(),
            report.action_conclude,
        ):
            with self.assert_refused("cannot be changed"):
                change()
        again = self.production.browse(self.production.id)
        action = report.action_measure_again()
        self.assertNotEqual(action["res_id"], report.id)
        self.assertEqual(again.quality_report_count, 2)

    def test_verdict_is_not_typed(self):
        """No program approves, concludes or releases by writing; nobody counts as measured."""
        draft, failed = self.begin(), self.concluded(length_mm=2600)
        release = {"release_date": "2026-01-01 00:00:00", "release_reason": "x"}
        for change in (
            lambda: draft.write({"verdict": "approved"}),
            lambda: draft.write({"state": "done"}),
            lambda: draft.write({"tolerance_length_mm": 5000}),
            lambda: draft.create({"production_id": self.production.id, "verdict": "approved"}),
            lambda: failed.write(release),
            lambda: failed.with_user(self.production_manager).write(release),
            lambda: draft.sample_ids[0].write({"is_measured": True}),
        ):
            with self.assert_refused("cannot be typed", AccessError):
                change()
        # What lies under a concluded report cannot lift what it holds either.
        with self.assert_refused("cannot be typed", AccessError):
            failed.sample_ids[0].write({"problems": False, "is_measured": False})
        with self.assert_refused("cannot be changed"):
            draft.sample_ids[0].write({"report_id": failed.id, "number": 9})
        self.env.invalidate_all()
        self.assertEqual((failed.verdict, failed.holds_dispatch), ("failed", True))
        self.assertFalse(draft.verdict)

    def test_pieces_taken_off_and_added(self):
        """As many as the company wants are measured; a row more gets the next number."""
        report = self.measure(self.begin())
        report.sample_ids[1:].unlink()
        self.assertEqual(report.verdict, "approved")
        with self.assert_refused("5 pieces have to be measured, and it has rows for 1"):
            report.action_conclude()
        with Form(report) as form:
            for _index in range(5):
                with form.sample_ids.new() as sample:
                    for name, value in self.GOOD.items():
                        sample[name] = value
        self.assertEqual(report.sample_ids.mapped("number"), [1, 2, 3, 4, 5, 6])
        report.action_conclude()
        self.assertEqual(report.state, "done")

    def test_typed_on_screen(self):
        """The operator types the measures; the verdict shows before saving."""
        with Form(self.begin()) as form:
            for index in range(5):
                with form.sample_ids.edit(index) as sample:
                    for name, value in self.GOOD.items():
                        sample[name] = value
            self.assertEqual(form.verdict, "approved")

    def test_few_pieces(self):
        order = self.make_order(self.composite(2, 2500), confirm=True).sudo()
        production = order.production_ids.with_user(self.production_user)
        report = production.quality_report_ids.browse(production._new_quality_report()["res_id"])
        self.assertEqual(len(report.sample_ids), 2)

    def test_nothing_to_measure(self):
        order = self.env["mrp.production"].with_user(self.production_user)
        draft = order.create(
            {"product_id": self.profile.id, "piece_qty": 1, "piece_length_mm": 100}
        )
        with self.assert_refused("no pieces to measure"):
            draft.action_quality_report()

    def test_roles(self):
        """Operators measure; stock, dispatch and sales read; nobody else."""
        report = self.begin()
        for user in (self.stock_user, self.dispatch_user, self.sales_user):
            self.assertTrue(report.with_user(user).read(["verdict"]))
            with self.assertRaises(AccessError):
                report.sample_ids[0].with_user(user).length_mm = 2500
        with self.assertRaises(AccessError):
            report.with_user(self.finance_user).read(["verdict"])


@tagged("post_install", "-at_install")
class TestHold(QualityCase):
    def test_failed_is_held(self):
        """Neither the gate nor a hand delivers what failed, until a manager says why."""
        report = self.concluded(length_mm=2600)
        self.assertTrue(report.holds_dispatch)
        self.assertIn(report.name, self.picking.dispatch_hold)
        answer = self.gate()
        self.assertEqual(answer["status"], "early")
        self.assertRegex(answer["message"], f"Quality report {report.name} of .* failed")
        with self.assert_refused(f"may not leave yet[\\s\\S]*{report.name}"):
            self.picking.with_user(self.stock_user).button_validate()
        # Measuring again does not undo it.
        self.concluded()
        self.assertEqual(self.gate()["status"], "early")
        wizard = self.env["cantoneira.quality.release"]
        with self.assertRaises(AccessError):
            wizard.with_user(self.production_user).create({"report_id": report.id, "reason": "x"})
        with self.assert_refused("Only a production manager"):
            report._release("x")
        with self.assert_refused("Say why"):
            report.with_user(self.production_manager)._release("  ")
        wizard.with_user(self.production_manager).create(
            {"report_id": report.id, "reason": "O cliente aceita"}
        ).action_release()
        self.assertFalse(report.holds_dispatch)
        self.assertEqual(report.release_user_id, self.production_manager)
        self.assertIn("O cliente aceita", report.message_ids[0].body)
        self.assertEqual(report.verdict, "failed")
        self.assertTrue(self.gate()["delivered"])
        with self.assert_refused("holds nothing back", UserError):
            report.with_user(self.production_manager)._release("x")

    def test_required(self):
        """By the company, or by the profile, which has the last word."""
        template = self.profile.product_tmpl_id
        self.assertFalse(self.picking.dispatch_hold)
        self.company.quality_report_required = True
        self.picking.invalidate_recordset(["dispatch_hold"])
        self.assertRegex(self.picking.dispatch_hold, "has no concluded quality report")
        self.assertEqual(self.gate()["status"], "early")
        template.quality_report_policy = "no"
        self.picking.invalidate_recordset(["dispatch_hold"])
        self.assertFalse(self.picking.dispatch_hold)
        self.company.quality_report_required = False
        template.quality_report_policy = "yes"
        self.begin()
        self.assertEqual(self.gate()["status"], "early")
        self.concluded()
        self.assertTrue(self.gate()["delivered"])

    def test_list_of_deliveries_costs_the_same_for_many(self):
        """What is held is asked for all deliveries together, not one by one."""
        pickings = self.picking
        counts = []
        pickings.mapped("dispatch_hold")  # what is read once
        for more in (2, 8):
            for _index in range(more):
                pickings |= self.packed(self.composite(1, 500))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            pickings.browse(pickings.ids).mapped("dispatch_hold")
            counts.append(self.env.cr.sql_log_count - before)
        # Eight more deliveries: far from one query each.
        self.assertLess(counts[1], counts[0] + 8)


@tagged("post_install", "-at_install")
class TestDocument(QualityCase):
    def test_one_weight(self):
        """The report weighs what the order, the stock move, the pallet and the label weigh."""
        report = self.concluded()
        order = self.picking.sale_id
        self.assertEqual(report.net_weight, 3.695)
        for weight in (
            order.net_weight,
            self.picking.move_ids.composite_weight,
            self.picking.dispatch_net_weight,
            sum(self.picking.pallet_ids.mapped("pallet_net_weight")),
        ):
            self.assertEqual(weight, report.net_weight)
        text = one_weight.text_of(self.env, "cantoneira_quality.report_quality", report)
        self.assertIn("3.695 kg", text)

    def test_printed(self):
        report = self.concluded(length_mm=2600)
        report.with_user(self.production_manager)._release("O cliente aceita")
        text = one_weight.text_of(self.env, "cantoneira_quality.report_quality", report)
        for words in (
            report.name,
            self.production.name,
            "Metalúrgica Boa Vista",
            "10 pcs × 2,500 mm",
            "± 0.03",
            "Length (mm): 2,600 (2,500 ± 30)",
            "Verdict: Failed",
            "Measured by producao_teste",
            "Released by gerente_producao_teste",
            "O cliente aceita",
        ):
            self.assertIn(words, text)
        unmeasured = one_weight.text_of(self.env, "cantoneira_quality.report_quality", self.begin())
        self.assertIn("Verdict: none, not everything is measured", unmeasured)
        self.assertIn("Not concluded", unmeasured)


@tagged("post_install", "-at_install")
class TestOneWeightWithReport(one_weight.TestOneWeight):
    """100 random orders: the quality report agrees with everything else too."""

    ORDERS = 100

    def check_production(self, production):
        report = self.env["cantoneira.quality.report"].create({"production_id": production.id})
        self.assert_gram(report.net_weight, self.expected)
        return super().check_production(production)
