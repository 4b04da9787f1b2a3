from . import test_browser
from . import test_engine
from . import test_paper
from . import test_print
from . import test_records
