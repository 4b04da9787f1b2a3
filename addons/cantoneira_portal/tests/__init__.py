from . import test_acceptance
from . import test_portal
from . import test_share
from . import test_tours
