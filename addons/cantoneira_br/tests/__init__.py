from . import test_company
from . import test_document
from . import test_partner
from . import test_set_up
