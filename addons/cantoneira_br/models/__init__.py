from . import account_move
from . import res_company
from . import res_config_settings
from . import res_currency
from . import res_partner
from . import res_partner_contact
from . import res_partner_lookup
from . import sale_order
