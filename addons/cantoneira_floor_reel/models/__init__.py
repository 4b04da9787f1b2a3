from . import (
    mrp_workcenter,
    reel_mount,
    reel_run,
    res_company,
    res_config_settings,
    stock_lot,
    stock_move,
    unwinder,
)
from . import mrp_production_reels
from . import mrp_production_panel
