"""THE BRIDGE: the one door to requests, appeals and complaints for statistics.

A request on a year's books came in one way (`entry`) and leaves one way (`exit`); those
two are plain ranges of days, the other dimensions are columns. An appeal on the books was
decided in the year or is pending at its end, whatever its result today. Everything is
judged as at 24:00 on 31 December of the year (INTERFACES §3), or on the last day of
whatever other period is asked for.
"""

from reporting.facts.books import DIMENSIONS as DIMENSIONS
from reporting.facts.books import MATCHING as MATCHING
from reporting.facts.books import agencies_on_the_books as agencies_on_the_books
from reporting.facts.books import agencies_with_a_log as agencies_with_a_log
from reporting.facts.books import agencies_with_complaints as agencies_with_complaints
from reporting.facts.books import appeals_matching as appeals_matching
from reporting.facts.books import concerned as concerned
from reporting.facts.books import days_of as days_of
from reporting.facts.books import has_a_log as has_a_log
from reporting.facts.books import orders_untold as orders_untold
from reporting.facts.books import requests_matching as requests_matching
from reporting.facts.books import with_keys as with_keys
from reporting.facts.counted import LOGGED as LOGGED
from reporting.facts.counted import Facts as Facts
from reporting.facts.counted import appeal_facts as appeal_facts
from reporting.facts.counted import complaint_counts as complaint_counts
from reporting.facts.counted import one_watermark as one_watermark
from reporting.facts.counted import request_facts as request_facts
from reporting.facts.frozen import Fact as Fact
from reporting.facts.frozen import every_appeal as every_appeal
from reporting.facts.frozen import every_complaint as every_complaint
from reporting.facts.frozen import every_request as every_request
