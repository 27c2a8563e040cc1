from django.db import migrations, models
from django.db.models import Q


def untold(apps, schema_editor):
    """Of an undecided case, and of one that no person has marked, nobody has told."""
    appeals = apps.get_model("requests_app", "Appeal").objects
    appeals.filter(
        Q(decided_on=None) | Q(co_defendant=None), orders_disclosure=False
    ).update(orders_disclosure=None)


def told(apps, schema_editor):
    appeals = apps.get_model("requests_app", "Appeal").objects
    appeals.filter(orders_disclosure=None).update(orders_disclosure=False)


class Migration(migrations.Migration):
    dependencies = [("requests_app", "0027_papers_withdrawn")]

    operations = [
        migrations.AlterField(
            model_name="appeal",
            name="orders_disclosure",
            field=models.BooleanField(
                blank=True,
                help_text="纠正也可能只确认违法：未注明的不生成履行期限，列为疑点",
                null=True,
                verbose_name="判决或决定责令履行",
            ),
        ),
        migrations.RunPython(untold, told),
    ]
