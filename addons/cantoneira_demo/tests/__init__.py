from . import test_company
from . import test_flows
from . import test_once
