from . import test_recipe
