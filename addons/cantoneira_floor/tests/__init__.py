from . import (
    test_loss,
    test_operator,
    test_plan,
    test_sequencing,
    test_solving,
    test_suggestion,
    test_tours,
)
