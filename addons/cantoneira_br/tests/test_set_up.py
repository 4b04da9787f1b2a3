from odoo import Command, fields
from odoo.tests import TransactionCase, tagged

from .. import hooks


@tagged("post_install", "-at_install")
class TestSetUp(TransactionCase):
    """The set-up is done once, and leaves alone what is not its to change."""

    def test_a_second_time_changes_nothing(self):
        company = self.env.ref("base.main_company")
        tax = self.env["account.tax"].search([("type_tax_use", "=", "sale")], limit=1)
        company.write(
            {
                "quotation_validity_days": 12,
                "account_use_credit_limit": False,
                "account_sale_tax_id": tax.id,
                "paperformat_id": self.env.ref("base.paperformat_us").id,
            }
        )
        self.env.ref("base.user_admin").tz = "America/Manaus"
        hooks.post_init_hook(self.env)
        self.assertEqual(company.quotation_validity_days, 12)
        self.assertFalse(company.account_use_credit_limit)
        self.assertEqual(company.account_sale_tax_id, tax)
        self.assertEqual(company.paperformat_id.format, "Letter")
        self.assertEqual(self.env.ref("base.user_admin").tz, "America/Manaus")

    def test_words_of_an_order(self):
        order = self.env["sale.order"].with_context(lang=hooks.LANGUAGE)
        states = dict(order.fields_get(["state"])["state"]["selection"])
        self.assertEqual((states["draft"], states["sent"]), ("Orçamento", "Orçamento enviado"))

    def test_dollars_from_before_the_chart_become_reais(self):
        """A price list, and taxes on products, made under the generic chart."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        company = self.env["res.company"].create({"name": "Nova", "currency_id": dollar.id})
        env = self.env(context={"allowed_company_ids": company.ids})
        company = company.with_env(env)
        env["account.chart.template"].try_loading("generic_coa", company)
        pricelist = env["product.pricelist"].create(
            {"name": "Tabela", "currency_id": dollar.id, "company_id": company.id}
        )
        product = env["product.template"].create({"name": "Fita", "company_id": company.id})
        self.assertTrue(product.taxes_id)

        hooks._set_country(env, company)
        hooks._set_accounting(env, company)
        self.assertEqual(company.chart_template, "br")
        self.assertEqual(company.currency_id.name, "BRL")
        self.assertEqual(pricelist.currency_id.name, "BRL")
        self.assertFalse(product.taxes_id)
        self.assertFalse(company.account_sale_tax_id | company.account_purchase_tax_id)
        self.assertFalse(env["product.template"].create({"name": "Caixa"}).taxes_id)
        order = env["sale.order"].create(
            {"partner_id": env["res.partner"].create({"name": "Bia"}).id}
        )
        self.assertEqual(order.currency_id.name, "BRL")

    def test_a_company_with_entries_keeps_its_accounting(self):
        company = self.env["res.company"].create({"name": "Antiga"})
        env = self.env(context={"allowed_company_ids": company.ids})
        company = company.with_env(env)
        env["account.chart.template"].try_loading("generic_coa", company)
        currency, tax = company.currency_id, company.account_sale_tax_id
        accounts = env["account.account"].search([("company_ids", "in", company.ids)], limit=2)
        journal = env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", company.id)], limit=1
        )
        entry = env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": fields.Date.today(),
                "line_ids": [
                    Command.create({"account_id": accounts[0].id, "debit": 10}),
                    Command.create({"account_id": accounts[1].id, "credit": 10}),
                ],
            }
        )
        entry.action_post()
        hooks._set_accounting(env, company)
        self.assertEqual(company.chart_template, "generic_coa")
        self.assertEqual((company.currency_id, company.account_sale_tax_id), (currency, tax))
