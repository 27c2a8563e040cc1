from reporting.models.figures import Figure, FigureChange
from reporting.models.reports import CountingJob, Report

__all__ = ["CountingJob", "Figure", "FigureChange", "Report"]
