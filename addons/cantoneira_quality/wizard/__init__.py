from . import quality_release
