"""What has to happen once, when the addon is installed."""


def post_init_hook(env):
    _activate_make_to_order(env)
    _apply_kinds(env)
    _prepare_warehouses(env)


def _activate_make_to_order(env):
    """Odoo ships the route archived: a product that has it would be delivered from nothing."""
    env.ref("stock.route_warehouse0_mto").active = True


def _apply_kinds(env):
    """Categories that were there before the addon."""
    env["product.category"].search([("product_kind", "!=", False)])._apply_kind()


def _prepare_warehouses(env):
    env["stock.warehouse"].with_context(active_test=False).search([])._prepare_manufacturing()
