from . import test_operator, test_plan, test_sequencing, test_tours
