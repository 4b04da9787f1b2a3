"""What installation sets once; whoever changes it later keeps the change."""


def post_init_hook(env):
    """Give companies that exist already the defaults of new ones."""
    env["res.company"].search([]).write(
        {"quotation_validity_days": 5, "tax_calculation_rounding_method": "round_per_line"}
    )
