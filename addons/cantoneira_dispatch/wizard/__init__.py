from . import pallet_move
from . import pallet_return
