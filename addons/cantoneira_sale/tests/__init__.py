from . import test_catalogue
from . import test_composite_line
from . import test_confirmation
from . import test_integration
from . import test_main_job
from . import test_order_changes
from . import test_product_guards
from . import test_roles
