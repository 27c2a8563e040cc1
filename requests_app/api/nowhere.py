"""Whatever stands at no other address of the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from requests_app.api.problems import nothing_here


@extend_schema(exclude=True)
class Nowhere(APIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request, *args, **kwargs) -> None:
        raise NotFound(nothing_here())
