from . import result_report
from . import material_report
from . import productivity_report
from . import progress_report
from . import punctuality_report
from . import reel_use
