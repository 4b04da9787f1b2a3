from . import res_company
from . import res_config_settings
from . import product_template
from . import quality_report
from . import quality_sample
from . import mrp_production
from . import stock_picking
