from . import test_arithmetic
from . import test_availability
from . import test_product_guards
from . import test_product_template
from . import test_promise_gate
