from . import test_availability
from . import test_ledger
from . import test_surplus
from . import test_taken_twice
from . import test_tolerance
from . import test_tours
