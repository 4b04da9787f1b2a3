from . import test_credit
from . import test_price_steps
from . import test_amounts
from . import test_freight
from . import test_invoice
from . import test_margin
from . import test_totals
from . import test_tours
