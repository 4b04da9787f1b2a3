from . import test_alerts
from . import test_cost_change
from . import test_order_needs
from . import test_orderpoints
from . import test_purchase_plan
from . import test_reports
from . import test_tours
