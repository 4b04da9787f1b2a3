"""What installation sets once; whoever changes it later keeps the change."""

#: One gram, in kg.
WEIGHT_DIGITS = 3


def post_init_hook(env):
    raise_weight_precision(env)


def raise_weight_precision(env):
    """Weights to the gram. Only ever raised, never lowered."""
    precision = env["decimal.precision"].search([("name", "=", "Stock Weight")])
    if precision.digits < WEIGHT_DIGITS:
        precision.digits = WEIGHT_DIGITS
