"""What a caller may do: a portal by its operations, staff by role (DESIGN §8)."""

from collections.abc import Mapping

from rest_framework.permissions import BasePermission

from requests_app.models.portals import Operation
from requests_app.services.access import may_see_persons

READS = frozenset({Operation.READ, Operation.REPORTS})
ACTS = READS | {
    Operation.SUPPLEMENT,
    Operation.WITHDRAW,
    Operation.ATTACH,
    Operation.CONFIRM,
}
#: a callback is a portal's own: staff have none
EVERYTHING = frozenset(Operation) - {Operation.CALLBACKS}
#: group → operations; whoever has another role or none reads within sight
OF_ROLE: Mapping[str, frozenset[Operation]] = {
    "intake_clerk": EVERYTHING,
    "handler": ACTS,
    "office_head": EVERYTHING,
}


def operations_of(caller) -> frozenset[str]:
    if getattr(caller, "is_portal", False):
        return frozenset(caller.operations)
    if caller.is_superuser:
        return EVERYTHING
    roles = caller.groups.values_list("name", flat=True)
    return READS.union(*(OF_ROLE.get(role, READS) for role in roles))


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
