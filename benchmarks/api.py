"""Intake and status through the real server (granian) on PostgreSQL, beside the same
endpoint without numbering, a bare DRF view, and raw SQL; per second, at several clients.

BENCH_SECONDS is how long each way is driven (default 3).
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection

from benchmarks.counting import scratch_database
from benchmarks.measuring import in_turns, tell
from requests_app.adapters.calendars import SHIPPED, notices_in
from requests_app.api.bodies import FORM, CreateBody
from requests_app.domain.intake import Arrival
from requests_app.models import Agency, DisclosureRequest
from requests_app.services import calendars, portals
from requests_app.services.agencies import place
from requests_app.services.intake import HandedIn, hand_in

ROOT = Path(__file__).parent.parent
SECONDS = float(os.environ.get("BENCH_SECONDS") or 3)
CLIENTS = (1, 8, 32)
AGENCIES = 50
Call = Callable[[int, int], object]  # client, nth call of it


def run() -> None:
    if connection.vendor != "postgresql":
        print(
            "intake over HTTP: left out, DATABASE_URL names no PostgreSQL", flush=True
        )
        return
    with scratch_database():
        codes, key, deps = office()
        in_process(codes, deps)
        settings = ("disclosure.settings", "benchmarks.bare_settings")
        with served(settings[0]) as product, served(settings[1]) as beside:
            over_http(codes, key, product, beside)


def office():
    from wireup import Injected
    from wireup.integration.django import inject_app

    from requests_app.dependencies import Dependencies

    @inject_app
    def at_work(deps: Injected[Dependencies]) -> Dependencies:
        return deps

    deps = at_work()
    calendars.load(notices_in(SHIPPED), at=deps.clock.now(), source="bench")
    codes = [f"5300{n:02}" for n in range(AGENCIES)]
    for code in codes:
        place(Agency(code=code, name=code, kind="government"), on=None)
    _, key = portals.create(name="bench", codes=codes, per_minute=10**9, deps=deps)
    return codes, key, at_work()


def over_http(codes: list[str], key: str, product: str, beside: str) -> None:
    for name, chosen in (("one agency", codes[:1]), (f"{AGENCIES} agencies", codes)):
        for clients in CLIENTS:
            ways = {
                "ours": poster(product, "api/v1/requests/", key, chosen),
                "without numbering": poster(beside, "api/v1/requests/", key, chosen),
                "bare view": poster(beside, "bare/", key, chosen),
                "raw SQL": inserter(chosen),
            }
            rates(f"create, {name}, {clients} clients", ways, clients)
    reference = DisclosureRequest.objects.filter(submission__portal__name="bench").last().reference  # fmt: skip
    for clients in CLIENTS:
        ways = {
            "ours": getter(product, f"api/v1/requests/{reference}/", key),
            "bare view": getter(beside, f"bare/{reference}/", key),
            "raw SQL": reader(reference),
            "agencies": getter(product, "api/v1/agencies/?page_size=1", key),
        }
        rates(f"status, {clients} clients", ways, clients)


def rates(name: str, ways: dict[str, Callable[[int], Call]], clients: int) -> None:
    """Twice in turns, so that a busy spell falls on all; the better of each."""
    made = dict.fromkeys(ways, 0.0)
    for _ in range(2):
        for way, prepare in ways.items():
            made[way] = max(made[way], driven(prepare, clients))
    ours = next(iter(made.values()))
    told = ", ".join(
        f"{way} {rate:.0f}/s" + (f" (ours {ours / rate:.2f} of it)" if n else "")
        for n, (way, rate) in enumerate(made.items())
    )
    print(f"{name}: {told}", flush=True)


def driven(prepare: Callable[[int], Call], clients: int) -> float:
    """Calls a second; a call that fails ends the benchmark."""
    counts, faults = [0] * clients, []
    ready = threading.Barrier(clients + 1)
    end = 0.0

    def client(number: int) -> None:
        try:
            call = prepare(number)
            call(number, 0)  # awake
            ready.wait()
            while time.perf_counter() < end:
                call(number, counts[number] + 1)
                counts[number] += 1
        except Exception as error:
            faults.append(error)
            ready.abort()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    end = time.perf_counter() + SECONDS + 60
    with contextlib.suppress(threading.BrokenBarrierError):
        ready.wait()
    began = time.perf_counter()
    end = began + SECONDS
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts) / (time.perf_counter() - began)


def poster(server: str, path: str, key: str, codes: list[str]):
    def prepare(number: int) -> Call:
        link = linked(server)

        def call(client: int, nth: int) -> None:
            form = FORM | {
                "agency": codes[(client * 7 + nth) % len(codes)],
                "submitted_at": "2024-11-04",
                "portal_reference": str(uuid.uuid4()),
            }
            headers = {
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "Idempotency-Key": str(uuid.uuid4()),
            }
            link.request("POST", f"/{path}", json.dumps(form), headers)
            expect(link, 201)

        return call

    return prepare


def getter(server: str, path: str, key: str):
    def prepare(number: int) -> Call:
        link = linked(server)

        def call(client: int, nth: int) -> None:
            link.request("GET", f"/{path}", headers={"Authorization": f"Bearer {key}"})
            expect(link, 200)

        return call

    return prepare


def inserter(codes: list[str]):
    from benchmarks.bare import raw

    keys = list(Agency.objects.filter(code__in=codes).values_list("pk", flat=True))

    def prepare(number: int) -> Call:
        link = psycopg.connect(address())
        return lambda client, nth: raw(link, keys[(client + nth) % len(keys)])

    return prepare


def reader(reference: str):
    from benchmarks.bare import raw_status

    def prepare(number: int) -> Call:
        link = psycopg.connect(address(), autocommit=True)

        def call(client: int, nth: int) -> None:
            if raw_status(link, reference) is None:
                raise RuntimeError(f"no request {reference}")

        return call

    return prepare


def linked(server: str) -> http.client.HTTPConnection:
    parts = urlsplit(server)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)


def expect(link: http.client.HTTPConnection, status: int) -> None:
    answer = link.getresponse()
    told = answer.read()
    if answer.status != status:
        raise RuntimeError(f"{answer.status} {told[:300]!r}")


def in_process(codes: list[str], deps) -> None:
    """Without HTTP: the whole act beside its INSERTs in raw SQL, and where time goes."""
    from benchmarks.bare import Unnumbered, raw

    unnumbered = replace(deps, numbers=Unnumbered())
    agency = Agency.objects.get(code=codes[0])
    portal = agency.portals.get()
    link = psycopg.connect(address())
    spent = {"validation": 0.0, "act": 0.0, "SQL": 0.0, "calls": 0}

    def sql(execute, statement, values, many, context):
        began = time.perf_counter()
        try:
            return execute(statement, values, many, context)
        finally:
            spent["SQL"] += time.perf_counter() - began

    def ours(deps=deps) -> None:
        began = time.perf_counter()
        body = CreateBody.parse(FORM | {"agency": agency.code})
        form = dict(body["applicant"])
        checked = time.perf_counter()
        hand_in(
            lambda: HandedIn(
                agency=agency, channel="online", channel_detail="web",
                arrival=Arrival(submitted_on=deps.clock.today()),
                applicant_kind=form.pop("kind"), applicant=form,
                subject=body["subject"],
                portal_reference=str(uuid.uuid4()),
            ),
            caller=portal, key=str(uuid.uuid4()), digest="", deps=deps,
        )  # fmt: skip
        spent["validation"] += checked - began
        spent["act"] += time.perf_counter() - checked
        spent["calls"] += 1

    def fifty(act) -> Callable[[], None]:
        return lambda: [act() for _ in range(50)] and None

    numbered, floor, free = in_turns(
        fifty(ours),
        fifty(lambda: raw(link, agency.pk)),
        fifty(lambda: ours(unnumbered)),
    )
    tell(
        "50 requests handed in, in process (floor: the same INSERTs by psycopg)",
        numbered,
        floor,
    )
    print(f"numbering: {1 - free / numbered:.0%} of it", flush=True)
    link.close()
    spent = dict.fromkeys(spent, 0.0)
    with connection.execute_wrapper(sql):
        fifty(ours)()
    each = {name: spent[name] * 1000 / 50 for name in ("validation", "act", "SQL")}
    whole = each["validation"] + each["act"]
    print(
        f"shares of {whole:.2f} ms a request in process: "
        f"validation {each['validation'] / whole:.0%}, "
        f"statements {each['SQL'] / whole:.0%}, "
        f"commit, law, sealing and ORM {(each['act'] - each['SQL']) / whole:.0%}",
        flush=True,
    )


def address() -> str:
    told = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**told)


@contextlib.contextmanager
def served(settings: str) -> Iterator[str]:
    """granian as docker-compose.yml starts it, with these settings, on the scratch base."""
    from tests.server import answers, command, free_port

    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": settings,
        "DEBUG": "",
        "SECRET_KEY": "bench" * 10,
        "FIELD_ENCRYPTION_KEYS": "development-only",
    }
    process = subprocess.Popen(
        command(port), cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=sys.stderr,
    )  # fmt: skip
    try:
        answers(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
