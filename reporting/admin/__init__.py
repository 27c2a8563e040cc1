"""The staff admin of the statistics."""

from reporting.admin.editions import EditionAdmin
from reporting.admin.figures import FigureAdmin, FigureChangeAdmin
from reporting.admin.jobs import CountingJobAdmin
from reporting.admin.reports import ReportAdmin

__all__ = [
    "CountingJobAdmin",
    "EditionAdmin",
    "FigureAdmin",
    "FigureChangeAdmin",
    "ReportAdmin",
]
