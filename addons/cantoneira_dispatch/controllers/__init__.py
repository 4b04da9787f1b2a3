from . import pallet
