"""docker-compose.yml and Dockerfile as far as they can be read without an engine."""

import re

import pytest

from tests.journeys.stack import COMPOSE, GIVEN, ROOT, environment_of

SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_these_services_and_no_others():
    assert sorted(SERVICES) == ["beat", "db", "migrate", "redis", "web", "worker"]


@pytest.mark.parametrize("service", OURS)
def test_each_has_every_setting_that_production_needs(service):
    told = environment_of(service)
    assert {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", *GIVEN} - {
        "POSTGRES_PASSWORD"
    } <= set(told)
    assert told["DATABASE_URL"].startswith("postgres://disclosure:replaced@db:5432/")
    assert "DEBUG" not in told


def test_no_secret_is_written_down():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    secrets = re.findall(r"(?:SECRET_KEY|KEYS|PASSWORD): (\S+)", text)
    assert len(secrets) == 3
    assert [s for s in secrets if not re.fullmatch(r"\$\{\w+:\?\}", s)] == []


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_nothing_starts_before_the_migrations(service):
    after = SERVICES[service]["depends_on"]
    assert after["migrate"] == {"condition": "service_completed_successfully"}


def test_every_condition_names_a_service_that_can_meet_it():
    for service in SERVICES.values():
        for name, told in service.get("depends_on", {}).items():
            if told["condition"] == "service_healthy":
                assert "test" in SERVICES[name]["healthcheck"]


def test_every_volume_is_declared():
    used = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_nobody_in_particular_with_static_files_and_a_probe():
    steps = [line.split()[0] for line in DOCKERFILE.splitlines() if line[:1].isupper()]
    assert steps.index("USER") < steps.index("CMD")
    assert "USER disclosure" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE
    assert DOCKERFILE.index("collectstatic") < DOCKERFILE.index("USER disclosure")
    probe = re.search(r'HEALTHCHECK.*?CMD \["python", "(.*?)"\]', DOCKERFILE, re.S)
    assert (ROOT / probe[1]).is_file()
