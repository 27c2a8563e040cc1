"""What a caller may do: a portal by its operations, staff by role (DESIGN §8)."""

from collections.abc import Collection, Mapping

from rest_framework.permissions import BasePermission

from requests_app.domain.events import ReceiptConfirmed, Replied, SupplementReceived
from requests_app.models.portals import Operation
from requests_app.services import attachments, offers
from requests_app.services.access import may_see_persons

READS = frozenset({Operation.READ, Operation.REPORTS, Operation.COLLECT})
#: what staff record, by the roles that record it in the office's own pages; a callback is
#: a portal's own
OF_ROLES: Mapping[Operation, Collection[str]] = {
    Operation.CREATE: offers.REGISTER,
    Operation.SUPPLEMENT: offers.ROLES[SupplementReceived],
    Operation.WITHDRAW: offers.ROLES[Replied],
    Operation.CONFIRM: offers.ROLES[ReceiptConfirmed],
    Operation.ATTACH: attachments.ADD,
}


def operations_of(caller) -> frozenset[str]:
    """Whoever has another role or none reads within sight."""
    if getattr(caller, "is_portal", False):
        return frozenset(caller.operations)
    if caller.is_superuser:
        return READS.union(OF_ROLES)
    return READS.union(
        operation for operation, roles in OF_ROLES.items() if caller.has_role(*roles)
    )


def sees_persons(caller) -> bool:
    if getattr(caller, "is_portal", False):
        return False
    return may_see_persons(caller)


class MayDo(BasePermission):
    """The view names its `operation`, or one per method."""

    def has_permission(self, request, view) -> bool:
        if not request.user.is_authenticated:
            return False
        operation = view.operation
        if isinstance(operation, Mapping):
            operation = operation.get(request.method, Operation.READ)
        return operation in operations_of(request.user)
