from . import close_short
