from . import test_reels, test_sharing, test_tours
