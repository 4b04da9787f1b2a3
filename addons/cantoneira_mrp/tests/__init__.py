from . import test_recipe
from . import test_production
from . import test_progress
