from . import test_tolerance
