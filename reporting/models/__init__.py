from reporting.models.editions import (
    Edition,
    EditionFile,
    EditionStep,
    Explanation,
    FrozenFact,
    Remark,
)
from reporting.models.figures import Figure, FigureChange
from reporting.models.filled import FilledFile
from reporting.models.jobs import CountingJob, Rendering
from reporting.models.reports import Report
from reporting.models.texts import ChapterText

__all__ = [
    "ChapterText",
    "CountingJob",
    "Edition",
    "EditionFile",
    "EditionStep",
    "Explanation",
    "Figure",
    "FigureChange",
    "FilledFile",
    "FrozenFact",
    "Remark",
    "Rendering",
    "Report",
]
