"""Numbers as pictures: pure functions from marks to SVG. They read without colour: every
mark carries its number, and series differ by fill, dash and sign."""

from reporting.pictures.bars import bars as bars
from reporting.pictures.columns import columns as columns
from reporting.pictures.marks import Mark as Mark
from reporting.pictures.marks import Series as Series
from reporting.pictures.trend import trend as trend
