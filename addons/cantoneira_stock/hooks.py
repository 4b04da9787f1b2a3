"""What has to happen once, when the addon is installed."""

from .arithmetic import QUANTITY_DIGITS


def post_init_hook(env):
    _raise_precision(env)
    _open_promise_gates(env)


def _raise_precision(env):
    """Quantities exact to half a millimetre and a milligram. Only ever raised, never lowered."""
    precision = env["decimal.precision"].search([("name", "=", "Product Unit")])
    if precision.digits < QUANTITY_DIGITS:
        precision.digits = QUANTITY_DIGITS


def _open_promise_gates(env):
    """Products and warehouses that were there before the addon."""
    products = (
        env["product.product"].with_context(active_test=False).search([("is_storable", "=", True)])
    )
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    env["cantoneira.promise.gate"]._ensure(warehouses, products)
