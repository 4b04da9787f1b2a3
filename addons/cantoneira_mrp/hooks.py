"""What has to happen once, when the addon is installed."""


def post_init_hook(env):
    activate_make_to_order(env)
    apply_kinds(env)
    prepare_warehouses(env)
    name_category(env)


def activate_make_to_order(env):
    """Odoo ships the route archived: a product that has it would be delivered from nothing."""
    env.ref("stock.route_warehouse0_mto").active = True


def apply_kinds(env):
    """Categories that were there before the addon."""
    env["product.category"].search([("product_kind", "!=", False)])._apply_kind()


def prepare_warehouses(env):
    env["stock.warehouse"].with_context(active_test=False).search([])._prepare_manufacturing()


def name_category(env):
    """As ``cantoneira_stock.hooks.name_categories``: core keeps one name for all languages."""
    env = env(context=dict(env.context, lang=env.company.partner_id.lang or env.user.lang))
    env.ref("cantoneira_mrp.category_profiles").name = env._("Edge protectors")
