from . import test_company
from . import test_contacts
from . import test_document
from . import test_lookup
from . import test_partner
from . import test_quotation_pdf
from . import test_set_up
from . import test_words
