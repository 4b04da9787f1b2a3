from . import test_arithmetic
from . import test_availability
from . import test_home
from . import test_product_guards
from . import test_product_template
from . import test_promise_gate
from . import test_quantity_display
from . import test_tours
