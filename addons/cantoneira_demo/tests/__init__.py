from . import test_company
from . import test_flows
from . import test_once
from . import test_screens
from . import test_teller
from . import test_month
