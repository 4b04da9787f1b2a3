from . import mrp_production_change
from . import stock_rule
