from . import count_scan
from . import quick_count
from . import reel_block
from . import reel_move
from . import reel_receipt
from . import reel_weigh
