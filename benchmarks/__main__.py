"""make bench: name, ours, floor, ratio, the usual way, its ratio, one line per figure.

BENCH_ROWS sets the size of the ledger (default 1 000 000).
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
os.environ.setdefault("DEBUG", "1")


def main() -> None:
    django.setup()
    from django.conf import settings

    from benchmarks import (
        api,
        clock,
        counting,
        desk,
        importing,
        recalculation,
        rendering,
        workers,
    )

    settings.DEBUG = False  # as in service: with it on, Django keeps every statement
    rows = int(os.environ.get("BENCH_ROWS") or 1_000_000)
    print(f"engine {settings.DATABASES['default']['ENGINE']}, {rows} rows", flush=True)
    clock.run()
    rendering.run()
    recalculation.run(min(rows, 100_000))
    importing.run(min(rows, 100_000))
    counting.run(rows)
    desk.run(rows)
    workers.run()
    api.run()


if __name__ == "__main__":
    main()
