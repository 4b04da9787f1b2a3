from . import consumption_report
from . import cover_report
from . import weight_report
