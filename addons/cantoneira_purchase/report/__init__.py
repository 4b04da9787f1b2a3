from . import consumption_report
from . import cover_report
