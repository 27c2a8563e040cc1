"""`{{ message|heard }}`: the reader's half of a message that carries both languages."""

from django.template import Library

from requests_app.models import language

register = Library()
register.filter("heard", language.heard)
