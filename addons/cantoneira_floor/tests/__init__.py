from . import (
    test_loss,
    test_operator,
    test_plan,
    test_plan_costs,
    test_plan_twice,
    test_sequencing,
    test_solving,
    test_suggestion,
    test_tours,
)
