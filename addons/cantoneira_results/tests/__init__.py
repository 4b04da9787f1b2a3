from . import test_tours
from . import test_daily
from . import test_reports
from . import test_short_at_the_line
from . import test_trace
from . import test_trace_surplus
