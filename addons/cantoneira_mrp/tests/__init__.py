from . import test_machine_queue
from . import test_needs
from . import test_production
from . import test_progress
from . import test_recipe
from . import test_recipe_change
from . import test_scheduling
from . import test_tours
