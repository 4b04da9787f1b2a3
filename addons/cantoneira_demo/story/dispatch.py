"""What is measured and packed before the truck comes."""

#: How far from nominal the measured pieces are: length, flanges, thickness (mm), weight (kg).
FOUND = [
    (2, 0.5, -0.5, 0.1, 0.004),
    (-3, -0.5, 0.5, 0, -0.006),
    (0, 0, 1, -0.1, 0.01),
    (5, 1, 0, 0.1, 0.002),
    (1, 0, 0, 0, -0.003),
]


def measure(teller, order):
    """*producao* measures samples of what was made; all of it is within tolerance."""
    # sudo: a salesperson's order, whose production the operator knows from their own list.
    productions = order.sudo().order_line.production_ids.with_env(teller.env_of("producao"))
    for production in productions:
        production.action_quality_report()
        report = production.quality_report_ids[:1]
        for sample, found in zip(report.sample_ids, FOUND, strict=False):
            length, flange_a, flange_b, thickness, weight = found
            sample.write(
                {
                    "length_mm": report.length_mm + length,
                    "flange_a_mm": report.flange_a_mm + flange_a,
                    "flange_b_mm": report.flange_b_mm + flange_b,
                    "thickness_mm": report.thickness_mm + thickness,
                    "weight_kg": report.weight_kg + weight,
                }
            )
        report.action_conclude()


def pack(teller, order):
    """*estoque* puts it on pallets, ready for the gate."""
    teller.settle()
    # sudo: a salesperson's order, whose delivery the storekeeper knows from their own list.
    picking = order.sudo().picking_ids.with_env(teller.env_of("estoque"))
    picking.action_assign()
    picking.action_propose_pallets()
    return picking
