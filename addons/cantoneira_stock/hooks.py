"""What has to happen once, when the addon is installed."""

from .arithmetic import QUANTITY_DIGITS


def post_init_hook(env):
    raise_precision(env)
    open_promise_gates(env)
    name_categories(env)


def raise_precision(env):
    """Quantities exact to half a millimetre and a milligram. Only ever raised, never lowered."""
    precision = env["decimal.precision"].search([("name", "=", "Product Unit")])
    if precision.digits < QUANTITY_DIGITS:
        precision.digits = QUANTITY_DIGITS


def open_promise_gates(env):
    """Products and warehouses that were there before the addon."""
    products = (
        env["product.product"].with_context(active_test=False).search([("is_storable", "=", True)])
    )
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    env["cantoneira.promise.gate"]._ensure(warehouses, products)


def name_categories(env):
    """Give the seeded categories their names in the company's language.

    Core keeps one name for all languages, so it cannot be translated like the rest.
    """
    env = env(context=dict(env.context, lang=env.company.partner_id.lang or env.user.lang))
    env.ref("cantoneira_stock.category_materials").name = env._("Papers and supplies")
    env.ref("cantoneira_stock.category_resale").name = env._("Resale goods")
