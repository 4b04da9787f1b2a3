"""The one rule that colours stock: green, yellow or red.

Pure Python, like :mod:`.arithmetic`: lists, cards, searches and the dashboard all
ask :func:`alert_level` and nothing else.
"""

from __future__ import annotations

from enum import StrEnum

from .arithmetic import Number, exact


class AlertLevel(StrEnum):
    """How urgent it is to buy, in the order of urgency."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"


def alert_level(free: Number, minimum: Number, reorder_point: Number) -> AlertLevel:
    """Return the alert of a product with ``free`` in stock and not promised.

    Yellow at or below ``minimum``, red at or below ``reorder_point``, which is never
    above the minimum. A product without minimum raises no alert. All three are in the
    product's unit; ``free`` is negative when more is promised than there is.

    >>> [alert_level(free, minimum=50, reorder_point=20).value for free in (51, 50, 20.5, 20, -3)]
    ['ok', 'warning', 'warning', 'critical', 'critical']
    >>> alert_level(-3, minimum=0, reorder_point=0).value
    'ok'
    """
    if exact(minimum) <= 0:
        return AlertLevel.OK
    if exact(free) <= exact(reorder_point):
        return AlertLevel.CRITICAL
    if exact(free) <= exact(minimum):
        return AlertLevel.WARNING
    return AlertLevel.OK
