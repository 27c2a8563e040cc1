"""The services of docker-compose.yml as processes of this machine: its commands, its
environment and nothing of ours, on a database and a queue that are the test's own."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import yaml
from redis import Redis

ROOT = Path(__file__).parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
GIVEN = {
    "SECRET_KEY": "a-secret-of-the-journey-" + "x" * 40,
    "FIELD_ENCRYPTION_KEYS": "a-key-of-the-journey",
    "POSTGRES_PASSWORD": "replaced",
}
#: starts a program at another time of day, which then goes on
AT = (
    "import datetime, sys, time_machine\n"
    "at = datetime.datetime.fromisoformat(sys.argv[1])\n"
    "time_machine.travel(at, tick=True).start()\n"
    "from celery.__main__ import main\n"
    "sys.argv = sys.argv[2:]\n"
    "sys.exit(main())\n"
)


def filled(text: str) -> str:
    """${NAME:?} and ${NAME:-default} as compose reads them."""

    def value(found: re.Match) -> str:
        name, default = found["name"], found["default"]
        return GIVEN[name] if default is None else GIVEN.get(name, default)

    return re.sub(r"\$\{(?P<name>\w+):(?:\?|-(?P<default>[^}]*))\}", value, text)


def environment_of(service: str) -> dict[str, str]:
    told = COMPOSE["services"][service]["environment"]
    return {name: filled(str(value)) for name, value in told.items()}


def command_of(service: str) -> list[str]:
    program, *words = shlex.split(COMPOSE["services"][service]["command"])
    return [str(Path(sys.executable).parent / program), *words]


@dataclass
class Stack:
    database_url: str
    redis_url: str
    folder: Path  # for what the processes say and keep
    queue: str
    started: list[subprocess.Popen] = field(default_factory=list)

    def environment(self, service: str, **changed: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            **environment_of(service),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "CELERY_QUEUE": self.queue,
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            **changed,
        }

    def start(
        self, service: str, *, at: str = "", port: int = 0, **changed: str
    ) -> subprocess.Popen:
        words = [str(port) if word == "8000" else word for word in command_of(service)]
        if at:
            words = [sys.executable, "-c", AT, at, "celery", *words[1:]]
        said = self.folder / f"{service}-{len(self.started)}.log"
        with said.open("w") as out:
            process = subprocess.Popen(
                words, cwd=ROOT, env=self.environment(service, **changed),
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.started.append(process)
        return process

    def manage(self, *words: str, **changed: str) -> str:
        """One of our commands to its end, in the environment of `migrate`."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, text=True,
            env=self.environment("migrate", **changed), capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(question).fetchall()

    def one(self, question: str) -> Any:
        return self.rows(question)[0][0]

    def wait_until(self, question: str, seconds: int = 180) -> None:
        """Until its answer is true."""
        patience = time.monotonic() + seconds
        while not self.one(question):
            assert time.monotonic() < patience, f"{question}\n{self.said()}"
            time.sleep(0.1)

    def said(self) -> str:
        return "\n".join(
            f"— {log.name}\n{log.read_text()[-3000:]}"
            for log in sorted(self.folder.glob("*.log"))
        )

    def kill(self, process: subprocess.Popen) -> None:
        """SIGKILL to it and its children: nobody tidies up."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def forget(self) -> None:
        """What a killed worker left in the queue is none of the next test's: it would take
        the places of a new one."""
        with Redis.from_url(self.redis_url) as redis:
            redis.delete(self.queue, "unacked", "unacked_index")

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                self.kill(process)
