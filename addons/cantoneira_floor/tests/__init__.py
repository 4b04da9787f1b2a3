from . import test_operator, test_tours
