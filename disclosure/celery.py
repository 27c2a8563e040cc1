"""The Celery application and its schedule (Asia/Shanghai). Beat only rings: what runs once
per period is kept so by a unique row in the database."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
app = Celery("disclosure")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["requests_app", "reporting"])
app.conf.beat_schedule = {
    "送达待送消息 deliver the outbox": {
        "task": "requests_app.deliver_outbox",
        "schedule": 60.0,
    },
    "日监测 daily watch": {
        "task": "requests_app.daily_watch",
        "schedule": crontab(minute=30, hour=8),
    },
    "清理接口记录 purge the API's rows": {
        "task": "requests_app.purge_api",
        "schedule": crontab(minute=40, hour=3),
    },
    "清除撤回的涉密件 remove what was withdrawn as secret": {
        "task": "requests_app.remove_secrets",
        "schedule": crontab(minute=50, hour=3),
    },
    # Every day of January, for a beat that was down on the first; counted once.
    "年末统计 year-end books": {
        "task": "reporting.count_last_year",
        "schedule": crontab(minute=5, hour=0, month_of_year=1),
    },
    "未完成的统计 unfinished counting": {
        "task": "reporting.resume_counting",
        "schedule": 300.0,
    },
    "未完成的导入 unfinished imports": {
        "task": "requests_app.run_imports",
        "schedule": 300.0,
    },
    "未完成的填报数导入 unfinished imports of figures": {
        "task": "reporting.run_imports",
        "schedule": 300.0,
    },
    "未生成的文件 files that wait": {
        "task": "reporting.wake_rendering",
        "schedule": 60.0,
    },
}
