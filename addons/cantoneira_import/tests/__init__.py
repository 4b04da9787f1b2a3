from . import test_cells
from . import test_hostile
from . import test_import
from . import test_screen
