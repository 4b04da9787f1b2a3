from . import confirm_override
from . import fast_entry
from . import order_needs
from . import previous_orders
