from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.availability import ShortageError
from .common import CantoneiraStockCase


class AvailabilityCase(CantoneiraStockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["cantoneira.availability"]

    def report(self, needs, **options):
        return self.service._report(needs, self.warehouse, **options)


@tagged("post_install", "-at_install")
class TestReport(AvailabilityCase):
    def test_on_hand_promised_free_and_missing(self):
        self.put_in_stock(self.paper_core, 10)
        self.make_delivery(self.paper_core, 8.1)
        [line] = self.report({self.paper_core: 2.8})
        self.assertEqual(line.product, self.paper_core)
        self.assertEqual(
            (line.needed, line.on_hand, line.promised, line.free, line.missing),
            (2.8, 10, 8.1, 1.9, 0.9),
        )

    def test_reserved_or_not_a_promise_is_a_promise(self):
        """The rest of a half done move is un-reserved by core; it stays promised."""
        self.put_in_stock(self.paper_core, 10)
        delivery = self.make_delivery(self.paper_core, 2.8)
        delivery.action_assign()
        self.assertEqual(self.report({self.paper_core: 1})[0].free, 7.2)
        delivery.move_ids.quantity = 0.56
        delivery.move_ids.picked = True
        self.assertEqual(self.report({self.paper_core: 1})[0].free, 7.2)
        delivery.do_unreserve()
        self.assertEqual(self.report({self.paper_core: 1})[0].free, 7.2)

    def test_over_promised_is_shown_as_it_is(self):
        self.put_in_stock(self.paper_core, 1)
        self.make_delivery(self.paper_core, 5)
        [line] = self.report({self.paper_core: 2})
        self.assertEqual((line.free, line.missing), (-4, 6))

    def test_the_forecast_looks_until_the_date(self):
        soon, later = (fields.Datetime.now() + timedelta(days=days) for days in (3, 10))
        self.put_in_stock(self.paper_core, 1)
        self.make_receipt(self.paper_core, 100, date=later)
        forecast = {
            date: self.report({self.paper_core: 2}, date=date)[0].forecast
            for date in (None, soon, later, later.date())
        }
        self.assertEqual(forecast, {None: 101, soon: 1, later: 101, later.date(): 101})

    def test_a_date_in_the_past_means_now(self):
        self.put_in_stock(self.paper_core, 7)
        yesterday = fields.Datetime.now() - timedelta(days=1)
        [line] = self.report({self.paper_core: 2}, date=yesterday)
        self.assertEqual((line.on_hand, line.forecast), (7, 7))

    def test_another_warehouse_does_not_count(self):
        other = self.env["stock.warehouse"].create({"name": "Filial", "code": "FIL"})
        self.put_in_stock(self.paper_core, 5)
        self.put_in_stock(self.paper_core, 3, warehouse=other)
        self.make_delivery(self.paper_core, 1, warehouse=other)
        self.assertEqual(self.report({self.paper_core: 1})[0].free, 5)
        self.assertEqual(self.service._report({self.paper_core: 1}, other)[0].free, 2)

    def test_what_is_not_stocked_is_left_out(self):
        service = self.env["product.product"].create({"name": "Frete", "type": "service"})
        self.assertEqual(self.report({service: 1}), [])
        lines = self.report({service: 1, self.tape: 1})
        self.assertEqual([line.product for line in lines], [self.tape])

    def test_the_reader_s_rights_change_no_number(self):
        self.put_in_stock(self.paper_core, 10)
        self.make_delivery(self.paper_core, 4)
        nobody = self.make_user("visita_teste", "base.group_user")
        [line] = self.service.with_user(nobody)._report({self.paper_core: 1}, self.warehouse)
        self.assertEqual(line.free, 6)

    def test_queries_do_not_grow_with_the_products(self):
        later = fields.Datetime.now() + timedelta(days=3)
        papers = [self.make_paper(f"Bobina {index}", 400, 70) for index in range(100)]
        for index, paper in enumerate(papers):
            self.put_in_stock(paper, index)
        self.make_transfer("outgoing", dict.fromkeys(papers, 1))

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines = self.report(dict.fromkeys(some, 5), date=later)
            self.assertEqual(len(lines), len(some))
            return self.env.cr.sql_log_count - before

        count(papers)  # fills the caches of the registry
        few, many = count(papers[:5]), count(papers)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 12)


@tagged("post_install", "-at_install")
class TestPromise(AvailabilityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper_core.name = "Bobina 400g-70"
        cls.put_in_stock(cls.paper_core, 1.9)
        cls.document = cls.make_delivery(cls.tape, 1, confirm=False)
        cls.manager = cls.make_user(
            "gerente_teste", "cantoneira_stock.group_stock,cantoneira_stock.group_shortage_override"
        )

    def promise(self, needs, user=None, lang="en_US", **context):
        user = user or self.stock_user
        service = self.service.with_user(user).with_context(lang=lang, **context)
        document = self.document.with_env(service.env)
        return service._promise(document, needs, self.warehouse)

    def chatter(self):
        return self.document.message_ids.filtered("body")

    def test_what_is_free_is_promised_without_a_word(self):
        before = self.chatter()
        [line] = self.promise({self.paper_core: 1.9})
        self.assertEqual((line.free, line.missing), (1.9, 0))
        self.assertEqual(self.chatter(), before)

    def test_what_is_missing_is_refused_with_all_its_numbers(self):
        with self.assertRaises(ShortageError) as refusal:
            self.promise({self.paper_core: 2.8, self.tape: 10, self.glue: 0})
        self.assertEqual(
            str(refusal.exception).split("\n")[1:],
            [
                "Bobina 400g-70: need 2.8 kg, free 1.9 kg, missing 0.9 kg",
                "Fita adesiva 48mm x 100m: need 10 Units, free 0 Units, missing 10 Units",
            ],
        )
        self.assertEqual(
            [line.product for line in refusal.exception.shortages], [self.paper_core, self.tape]
        )

    def test_less_than_a_gram_is_still_told(self):
        with self.assert_refused("missing 0.0004 kg", ShortageError):
            self.promise({self.paper_core: 1.9004})

    def test_in_portuguese(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"].search(
            [("name", "=", "cantoneira_stock")]
        )._update_translations(["pt_BR"])
        with self.assertRaises(ShortageError) as refusal:
            self.promise({self.paper_core: 2.8}, lang="pt_BR")
        self.assertIn(
            "Bobina 400g-70: preciso 2,8 kg, livres 1,9 kg, faltam 0,9 kg", str(refusal.exception)
        )

    def test_warn_lets_pass_with_a_note(self):
        self.company.shortage_policy = "warn"
        before = self.chatter()
        self.promise({self.paper_core: 2.8})
        note = self.chatter() - before
        self.assertEqual(len(note), 1)
        self.assertIn("need 2.8 kg, free 1.9 kg, missing 0.9 kg", note.body)

    def test_an_override_is_kept_with_its_reason(self):
        before = self.chatter()
        self.promise(
            {self.paper_core: 2.8}, user=self.manager, shortage_override_reason="Chega <hoje>"
        )
        note = self.chatter() - before
        self.assertEqual(len(note), 1)
        self.assertIn("Chega &lt;hoje&gt;", note.body)
        self.assertIn("missing 0.9 kg", note.body)
        self.assertEqual(note.author_id, self.manager.partner_id)

    def test_an_override_without_reason_is_none(self):
        for reason in ("", "   ", None, False):
            with self.subTest(reason=reason), self.assertRaises(ShortageError):
                self.promise(
                    {self.paper_core: 2.8}, user=self.manager, shortage_override_reason=reason
                )

    def test_an_override_without_the_right_is_refused_in_words(self):
        for policy in ("block", "warn"):
            self.company.shortage_policy = policy
            with self.subTest(policy=policy), self.assertRaises(ShortageError) as refusal:
                self.promise({self.paper_core: 2.8}, shortage_override_reason="Urgente")
            self.assertIn("missing 0.9 kg", str(refusal.exception))
            self.assertIn("estoque_teste", str(refusal.exception))

    def test_anything_else_can_be_overridden_the_same_way(self):
        document = self.document.with_user(self.manager)
        service = self.service.with_user(self.manager)
        with self.assert_refused("Over the limit"):
            service._override_or_raise(document, "Over the limit.")
        before = self.chatter()
        service.with_context(shortage_override_reason="Paga hoje")._override_or_raise(
            document, "Over the limit."
        )
        note = self.chatter() - before
        self.assertIn("Over the limit.", note.body)
        self.assertIn("Paga hoje", note.body)


@tagged("post_install", "-at_install")
class TestForPrograms(AvailabilityCase):
    def ask(self, needs, **options):
        return (
            self.env["product.product"]
            .with_user(self.stock_user)
            .get_availability(needs, **options)
        )

    def test_plain_data(self):
        self.put_in_stock(self.paper_core, 10)
        [line] = self.ask(
            [
                {"product_id": self.paper_core.id, "quantity": 2.8},
                {"product_id": self.paper_core.id, "quantity": 9},
            ],
            warehouse_id=self.warehouse.id,
            date="2099-12-31",
        )
        self.assertEqual(
            line,
            {
                "product_id": self.paper_core.id,
                "product": self.paper_core.display_name,
                "unit": "kg",
                "needed": 11.8,
                "on_hand": 10,
                "promised": 0,
                "free": 10,
                "forecast": 10,
                "missing": 1.8,
            },
        )

    def test_a_day_counts_until_its_end(self):
        later = fields.Datetime.now() + timedelta(days=3)
        self.make_receipt(self.tape, 10, date=later)
        [line] = self.ask([{"product_id": self.tape.id}], date=str(later.date()))
        self.assertEqual(line["forecast"], 10)
        [line] = self.ask([{"product_id": self.tape.id}], date=f"{later.date()} 00:00:00")
        self.assertEqual(line["forecast"], 0 if later.time() else 10)

    def test_asking_only_what_there_is(self):
        [line] = self.ask([{"product_id": self.tape.id}])
        self.assertEqual((line["needed"], line["free"], line["missing"]), (0, 0, 0))

    def test_nonsense_is_answered_in_words(self):
        for needs in (
            None,
            5,
            {"product_id": "x"},
            ["x"],
            [{}],
            [{"product_id": "x"}],
            [{"product_id": 1, "quantity": "?"}],
        ):
            with self.subTest(needs=needs), self.assert_refused("is no need", ValidationError):
                self.ask(needs)
        with self.assert_refused("no product with the id 999999999", ValidationError):
            self.ask([{"product_id": 999999999}])
        with self.assert_refused("no product with the id 1000000000000", ValidationError):
            self.ask([{"product_id": 10**12}])
        with self.assert_refused("no warehouse with the id first", ValidationError):
            self.ask([{"product_id": self.tape.id}], warehouse_id="first")
        with self.assert_refused("no warehouse with the id 999999999", ValidationError):
            self.ask([{"product_id": self.tape.id}], warehouse_id=999999999)
        with self.assert_refused("soon is no date", ValidationError):
            self.ask([{"product_id": self.tape.id}], date="soon")
