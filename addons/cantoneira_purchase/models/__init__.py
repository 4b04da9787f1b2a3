from . import home
from . import product_template
from . import purchase_need
from . import purchase_plan
from . import purchase_request
from . import order_needs
