"""`{% named "helpers/command.html" %}` in a file of that name: the template that it stands
before, with names for its controls that have none, for whoever hears the page."""

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = Library()


@register.simple_tag(takes_context=True)
def named(context, name: str) -> SafeString:
    ours = context.render_context.template.origin
    behind, _origin = context.template.engine.find_template(name, skip=[ours])
    text = behind.render(context)
    for mark, told in names().items():
        text = text.replace(mark, f'{mark} aria-label="{told}"')
    return mark_safe(text)


def names() -> dict[str, str]:
    """What such a control has in its tag → how it is called."""
    return {
        'id="command-submit"': _("搜索"),
        'id="search-input-command"': _("搜索"),
        'id="searchbar-submit"': _("搜索"),
        'id="searchbar"': _("搜索"),
        f'<a href="{reverse("admin:index")}"': _("回到首页"),
        "x-on:click='showActions = !showActions'": _("更多操作"),
    }
