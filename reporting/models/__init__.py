from reporting.models.figures import Figure
from reporting.models.reports import CountingJob, Report

__all__ = ["CountingJob", "Figure", "Report"]
