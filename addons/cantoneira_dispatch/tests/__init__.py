from . import test_gate
from . import test_gate_twice
from . import test_one_weight
from . import test_packing
from . import test_pallets
from . import test_public_page
from . import test_tours
