from reporting.models.editions import (
    Edition,
    EditionFile,
    EditionStep,
    Explanation,
    FrozenFact,
    Remark,
)
from reporting.models.figures import Figure, FigureChange
from reporting.models.jobs import CountingJob, Rendering
from reporting.models.reports import Report

__all__ = [
    "CountingJob",
    "Edition",
    "EditionFile",
    "EditionStep",
    "Explanation",
    "Figure",
    "FigureChange",
    "FrozenFact",
    "Remark",
    "Rendering",
    "Report",
]
