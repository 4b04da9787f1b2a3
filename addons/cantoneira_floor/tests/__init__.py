from . import test_loss, test_operator, test_plan, test_sequencing, test_tours
