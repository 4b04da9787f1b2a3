"""What has to happen once, when the addon is installed."""


def post_init_hook(env):
    """Materials that had a reorder point before the addon get their reordering rule."""
    env["product.template"].search([("reorder_point_qty", ">", 0)])._sync_orderpoints()
