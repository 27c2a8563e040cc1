import os
import uuid

import psycopg
import pytest
from django.conf import settings

from tests.journeys.stack import Stack

AGENCIES = """code,name,parent,kind
530000,云南省人民政府,,government
530100,昆明市,530000,government
530300,曲靖市,530000,government
530400,玉溪市,530000,government
530500,保山市,530000,government
530001,省教育厅,530000,department
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A database of our own, migrated by the command of docker-compose.yml, with six
    agencies in it."""
    if not settings.REDIS_URL:
        pytest.skip("needs DATABASE_URL and REDIS_URL")
    told = settings.DATABASES["default"]
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**told)
    name = f"journey_{uuid.uuid4().hex[:12]}"
    maintenance(server, f"CREATE DATABASE {name}")
    stack = Stack(
        database_url=f"{server}/{name}",
        redis_url=settings.REDIS_URL,
        folder=tmp_path_factory.mktemp("stack"),
        queue=f"journey-{os.getpid()}",
    )
    migrate = stack.start("migrate")
    assert migrate.wait(120) == 0, stack.said()
    file = stack.folder / "agencies.csv"
    file.write_text(AGENCIES, encoding="utf-8")
    stack.manage("import_agencies", str(file))
    yield stack
    maintenance(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def stack(migrated):
    migrated.forget()
    yield migrated
    migrated.stop()


def maintenance(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)
