from . import import_kind
from . import import_product
from . import import_customer
from . import import_paper
from . import import_profile
from . import import_price
