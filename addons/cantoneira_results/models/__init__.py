from . import traced_mixin
from . import floor_reason
from . import mrp_production
from . import production_stop
from . import sale_order
from . import stock_lot
from . import stock_move_line
