def post_init_hook(env):
    """Production lines that there are already get their unwinders."""
    env["mrp.workcenter"].with_context(active_test=False).search([])._add_unwinders()
