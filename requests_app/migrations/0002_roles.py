"""The roles of DESIGN §8 as groups."""

from django.db import migrations

ROLES = (
    "intake_clerk", "handler", "reviewer", "confidentiality_reviewer",
    "office_head", "statistician", "supervisor", "auditor",
)


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.get_or_create(name=role)


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
