from . import confirm_override
from . import order_needs
