"""The staff admin of the statistics."""

from reporting.admin.editions import EditionAdmin
from reporting.admin.figures import FigureAdmin, FigureChangeAdmin
from reporting.admin.reports import CountingJobAdmin, ReportAdmin

__all__ = [
    "CountingJobAdmin",
    "EditionAdmin",
    "FigureAdmin",
    "FigureChangeAdmin",
    "ReportAdmin",
]
