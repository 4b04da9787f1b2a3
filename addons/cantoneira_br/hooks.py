"""Makes the main company a Brazilian one, once.

Afterwards everything here is the company's own to change: neither an update nor a
second installation comes back to it.
"""

import logging
import re

from odoo import Command

_logger = logging.getLogger(__name__)

#: Set once the company was set up.
DONE = "cantoneira_br.set_up"
LANGUAGE = "pt_BR"
TIME_ZONE = "America/Sao_Paulo"
#: Core's English names of places and of the working hours, and ours.
PLACES = {
    "Customers": "Clientes",
    "Vendors": "Fornecedores",
    "Production": "Produção",
    "Inventory adjustment": "Ajuste de inventário",
    "Inter-company transit": "Trânsito entre empresas",
    "Scrap": "Sucata",
    "Standard 40 hours/week": "40 horas por semana",
}
#: What core calls *cotação* and *pedido de venda* on the order's own screen.
STATES = {"draft": "Orçamento", "sent": "Orçamento enviado", "sale": "Pedido"}
WAREHOUSE, WAREHOUSE_CODE = "Fábrica", "FAB"


def post_init_hook(env):
    parameters = env["ir.config_parameter"]
    if parameters.get_param(DONE):
        return
    company = env.ref("base.main_company")
    _speak_portuguese(env, company)
    _set_time_zone(env, company)
    _set_country(env, company)
    _name_places(env, company)
    _name_states(env)
    _set_accounting(env, company)
    _set_habits(env, company)
    company._renew_holidays()
    parameters.set_param(DONE, company.id)


def _speak_portuguese(env, company):
    """Portuguese for the company, its users and every contact to come."""
    language = env["res.lang"].with_context(active_test=False).search([("code", "=", LANGUAGE)])
    if not language.active:
        wizard = env["base.language.install"].create(
            {"lang_ids": [Command.set(language.ids)], "overwrite": False}
        )
        wizard.lang_install()
    language.date_format = "%d/%m/%Y"
    env["ir.default"].set("res.partner", "lang", LANGUAGE)
    users = env["res.users"].with_context(active_test=False).search([])
    (users.partner_id | company.partner_id).lang = LANGUAGE


def _set_time_zone(env, company):
    env["ir.default"].set("res.partner", "tz", TIME_ZONE)
    users = env["res.users"].with_context(active_test=False).search([("share", "=", False)])
    users.partner_id.tz = TIME_ZONE
    company.resource_calendar_id.tz = TIME_ZONE


def _set_country(env, company):
    """Brazil for the company and for every contact to come, so that their CNPJ is checked."""
    brazil = env.ref("base.br")
    company.country_id = brazil
    env["ir.default"].set("res.partner", "country_id", brazil.id)


def _name_places(env, company):
    """Locations, warehouses and working hours in Portuguese: core's names are texts without translation.

    What somebody has renamed already stays.
    """
    locations = env["stock.location"].search([("company_id", "in", (False, company.id))])
    for location in locations.filtered(lambda location: location.name in PLACES):
        location.name = PLACES[location.name]
    calendar = company.resource_calendar_id
    calendar.name = PLACES.get(calendar.name, calendar.name)
    warehouses = env["stock.warehouse"].with_context(lang=LANGUAGE)
    for warehouse in warehouses.search([("company_id", "=", company.id), ("code", "=", "WH")]):
        warehouse.write({"name": WAREHOUSE, "code": WAREHOUSE_CODE})
        for route, steps in (
            (warehouse.reception_route_id, warehouse.reception_steps),
            (warehouse.delivery_route_id, warehouse.delivery_steps),
        ):
            route.name = warehouse._format_routename(route_type=steps)
        for rule in env["stock.rule"].search([("name", "=like", "WH: %")]):
            words = rule.name.replace("WH:", f"{WAREHOUSE_CODE}:", 1)
            rule.name = re.sub("|".join(PLACES), lambda word: PLACES[word[0]], words)


def _name_states(env):
    labels = env["ir.model.fields.selection"].search(
        [
            ("field_id.model", "=", "sale.order"),
            ("field_id.name", "=", "state"),
            ("value", "in", list(STATES)),
        ]
    )
    for label in labels:
        label.update_field_translations("name", {LANGUAGE: STATES[label.value]})


def _set_accounting(env, company):
    """The Brazilian chart, R$, and prices that are billed as they were quoted.

    A company that has entries already keeps what it has.
    """
    if company.root_id._existing_accounting():
        _logger.info("%s has accounting entries: its chart of accounts is left.", company.name)
        return
    former, had_price_lists = company.currency_id, _has_price_lists(env)
    if company.chart_template != "br":
        _load_chart(env, company)
    _clear_default_taxes(env, company)
    _number_invoices(env, company)
    if former != company.currency_id:
        _change_price_lists(env, company, former)
        _leave_currency(env, former, had_price_lists)


def _load_chart(env, company):
    if not env.registry.loaded:
        # While modules are installed core plans the generic chart for the end; it would
        # replace ours. The attribute also tells core that loading now is on purpose.
        env.registry._auto_install_template = lambda env: None
    env["account.chart.template"].try_loading("br", company)


def _clear_default_taxes(env, company):
    """No 17 % on top: under Simples Nacional the price quoted is the price billed."""
    taxes = company.account_sale_tax_id | company.account_purchase_tax_id
    company.write({"account_sale_tax_id": False, "account_purchase_tax_id": False})
    products = env["product.template"].with_context(active_test=False).search([])
    for product in products:
        if product.taxes_id & taxes:
            product.taxes_id -= taxes
        if product.supplier_taxes_id & taxes:
            product.supplier_taxes_id -= taxes


def _number_invoices(env, company):
    """Invoices are numbered as invoices: no NF-e is issued here, so none may be called one."""
    journals = env["account.journal"].search(
        [("type", "=", "sale"), ("company_id", "=", company.id)]
    )
    journals.l10n_latam_use_documents = False


def _change_price_lists(env, company, former):
    """Price lists made before the chart keep the dollars they were made in."""
    price_lists = env["product.pricelist"].search(
        [("currency_id", "=", former.id), ("company_id", "in", (False, company.id))]
    )
    used = env["sale.order"].search([("pricelist_id", "in", price_lists.ids)]).pricelist_id
    (price_lists - used).currency_id = company.currency_id


def _has_price_lists(env):
    group = env.ref("product.group_product_pricelist")
    return group in env.ref("base.group_user").all_implied_ids


def _leave_currency(env, former, had_price_lists):
    """One currency: core showed the fields of several as soon as there were two.

    Price lists came with the second one; who had none keeps none. Both are a tick in
    Settings away.
    """
    if not env["res.company"].search_count([("currency_id", "=", former.id)]):
        former.active = False
    if not had_price_lists:
        env.ref("base.group_user")._remove_group(env.ref("product.group_product_pricelist"))
        env["product.pricelist"].search([]).action_archive()


def _set_habits(env, company):
    """What a Brazilian company expects to find as it is."""
    company.write(
        {
            "paperformat_id": env.ref("base.paperformat_euro").id,
            "account_use_credit_limit": True,
        }
    )
    # Kilograms and cubic metres.
    env["ir.config_parameter"].set_param("product.weight_in_lbs", "0")
    env["ir.config_parameter"].set_param("product.volume_in_cubic_feet", "0")
    discounts = env.ref("sale.group_discount_per_so_line")
    env.ref("base.group_user").implied_ids = [Command.link(discounts.id)]
