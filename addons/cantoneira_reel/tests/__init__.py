from . import test_reels_arithmetic
from . import test_reports
from . import test_reel
from . import test_fifo
from . import test_receipt
from . import test_count
from . import test_tours
from . import test_find
