"""The tables counted the slow way, request by request and case by case, written from
LAW §2 and §3 and outcomes.csv alone; it imports nothing of the forms."""

from datetime import date

#: outcome → its line on the form of 2018, of 2019 and of 2021
LINES_OF = {
    "already_public": ("3.3.1", "3.3.1", "3.3.1"),
    "granted": ("3.3.2", "3.3.1", "3.3.1"),
    "partly_granted": ("3.3.3", "3.3.2", "3.3.2"),
    "state_secret": ("3.3.4.1", "3.3.3.1", "3.3.3.1"),
    "trade_secret": ("3.3.4.2", "3.3.3.4", "3.3.3.4"),
    "personal_privacy": ("3.3.4.3", "3.3.3.4", "3.3.3.4"),
    "other_third_party_rights": ("3.3.4.6", "3.3.3.4", "3.3.3.4"),
    "three_securities": ("3.3.4.4", "3.3.3.3", "3.3.3.3"),
    "not_government_information": ("3.3.4.5", "3.3.6", "3.3.6.3"),
    "forbidden_by_law": ("3.3.4.6", "3.3.3.2", "3.3.3.2"),
    "internal_affairs": ("3.3.4.5", "3.3.3.5", "3.3.3.5"),
    "deliberative": ("3.3.4.5", "3.3.3.6", "3.3.3.6"),
    "enforcement_file": ("3.3.8", "3.3.3.7", "3.3.3.7"),
    "enquiry_matter": ("3.3.8", "3.3.3.8", "3.3.3.8"),
    "not_this_agency": ("3.3.5", "3.3.4.1", "3.3.4.1"),
    "not_held": ("3.3.6", "3.3.4.1", "3.3.4.1"),
    "needs_making": ("3.3.6", "3.3.4.2", "3.3.4.2"),
    "told_to_amend": ("3.3.7", "3.3.6", "3.3.6.3"),
    "still_unclear": ("3.3.7", "3.3.4.3", "3.3.4.3"),
    "told_other_channel": ("3.3.8", "3.3.6", "3.3.6.3"),
    "petition": ("3.3.8", "3.3.5.1", "3.3.5.1"),
    "repeated": ("3.3.8", "3.3.5.2", "3.3.5.2"),
    "publication": ("3.3.8", "3.3.5.3", "3.3.5.3"),
    "excessive": ("3.3.8", "3.3.5.4", "3.3.5.4"),
    "reconfirmation": ("3.3.8", "3.3.5.5", "3.3.5.5"),
    "supplement_lapsed": ("3.3.7", "3.3.6", "3.3.6.1"),
    "fee_lapsed": (None, "3.3.6", "3.3.6.2"),
    "withdrawn": (None, "3.3.6", "3.3.6.3"),
    "other": (None, "3.3.6", "3.3.6.3"),
}
REPLY_LINES, LINES_2019, LINES_2021 = (
    {outcome: lines[n] for outcome, lines in LINES_OF.items()} for n in range(3)
)
CHANNEL_LINES = {
    "in_person": "3.1.1",
    "fax": "3.1.2",
    "online": "3.1.3",
    "post": "3.1.4",
}
RESULTS = {"upheld": "1", "corrected": "2", "other": "3"}
LINES = (
    {"3.1", "3.2", "3.2.1", "3.2.2", "3.3", "3.3.4", "7"}
    | set(CHANNEL_LINES.values())
    | {line for line in REPLY_LINES.values() if line}
    | {f"{chapter}{part}" for chapter in "45" for part in ("", ".1", ".2", ".3")}
)


KINDS = {
    "natural_person": "natural_person",
    "business": "org.company",
    "research": "org.research",
    "charity": "org.ngo",
    "legal_service": "org.legal_service",
    "other": "org.other",
}
CASES = {
    "reconsideration": "4.1",
    "litigation_direct": "4.2",
    "litigation_after_reconsideration": "4.3",
}


def days(year):
    """(first, last) of a year, or of any other period given as such a pair."""
    return (date(year, 1, 1), date(year, 12, 31)) if isinstance(year, int) else year


def within(day, year):
    first, last = days(year)
    return day is not None and first <= day <= last


def before(day, year):
    return day is not None and day < days(year)[0]


def after(day, year):
    return day > days(year)[1]


def line_6(complaints, figures, year):
    """Of one agency: what it logged that year, else what it entered; None for neither."""
    logged = [
        c
        for c in complaints
        if within(c["received_on"], year) and c["voided_on"] is None
    ]
    return len(logged) or figures.get(year)


def count_2018(requests, appeals, year, lines=REPLY_LINES):
    """{(line, "count"): number} of every counted line. `requests` and `appeals` are dicts,
    the appeals as `counted_cases` leaves them."""
    table = dict.fromkeys(LINES, 0)
    for r in requests:
        if within(r["received_on"], year):
            table["3.1"] += 1
            if r["channel"]:
                table[CHANNEL_LINES[r["channel"]]] += 1
        if not within(r["replied_on"], year):
            continue
        table["3.2"] += 1
        table["3.2.1" if r["timeliness"] == "on_time" else "3.2.2"] += 1
        table["7"] += r["fee"]
        line = lines[r["outcome"]]
        if line:
            table["3.3"] += 1
            table[line] += 1
            if line.startswith("3.3.4"):
                table["3.3.4"] += 1
    for a in appeals:
        if within(a["decided_on"], year):
            chapter = "4" if a["procedure"] == "reconsideration" else "5"
            table[chapter] += 1
            table[f"{chapter}.{RESULTS[a['result']]}"] += 1
    return {(line, "count"): number for line, number in table.items()}


def count_since_2019(requests, appeals, year, lines):
    """三 and 四 of the later forms; `lines` is LINES_2019 or LINES_2021."""
    rows = {"3.1", "3.2", "3.3.7", "3.4", *lines.values()}
    table = {
        **{(row, kind): 0 for row in rows for kind in (*KINDS.values(), "total")},
        **{(c, r): 0 for c in CASES.values() for r in (*RESULTS, "pending", "total")},
    }
    for r in requests:
        for line in lines_since_2019(r, year, lines):
            table[line, "total"] += 1
            if r["applicant_kind"]:
                table[line, KINDS[r["applicant_kind"]]] += 1
    for a in appeals:
        line, decided = CASES[a["procedure"]], a["decided_on"]
        if after(a["filed_on"], year) or before(decided, year):
            continue
        then = a["result"] if within(decided, year) else "pending"
        table[line, then] += 1
        table[line, "total"] += 1
    return table


def lines_since_2019(r, year, lines):
    received, replied = r["received_on"], r["replied_on"]
    if after(received, year) or before(replied, year):
        return
    yield "3.1" if within(received, year) else "3.2"
    if within(replied, year):
        yield lines[r["outcome"]]
        yield "3.3.7"
    else:
        yield "3.4"


def counted_cases(appeals, year):
    """Each dispute once: not what a further instance took up by the year's end, nor an
    instance that another of the same first one followed, nor the reconsideration body's
    copy of a suit in which it is co-defendant. `appeals` in the order of recording."""
    return [
        a
        for n, a in enumerate(appeals)
        if a.get("co_defendant") is not True
        and not any(
            taken_further(a, b, year)
            or tried_again(a, b, year, recorded_later=m > n)
            or acted(b, beside=a)
            for m, b in enumerate(appeals)
        )
    ]


def tried_again(a, b, year, *, recorded_later):
    """b is the later instance of the two that followed one first instance."""
    return (
        "reconsideration" not in (a["procedure"], b["procedure"])
        and a["agency"] == b["agency"]
        and a["first_instance_case_number"] == b["first_instance_case_number"] != ""
        and not after(b["filed_on"], year)
        and (a["filed_on"], False) < (b["filed_on"], recorded_later)
    )


def taken_further(a, b, year):
    return (
        "reconsideration" not in (a["procedure"], b["procedure"])
        and a["case_number"] != ""
        and b["first_instance_case_number"] == a["case_number"]
        and not after(b["filed_on"], year)
        and a["agency"] == b["agency"]
    )


def acted(b, *, beside):
    """b is the case of the agency that acted, `beside` its co-defendant's copy; inferred
    where nobody has marked it."""
    a = beside
    if a.get("co_defendant") is not None:
        return False
    same_suit = (
        a["case_number"] == b["case_number"] != ""
        and a["filed_on"] == b["filed_on"]
        and a["procedure"] == b["procedure"] == "litigation_after_reconsideration"
        and a["agency"] != b["agency"]
    )
    if not same_suit or a["disclosure_request"]:
        return False
    below = b["agency"].path.startswith(a["agency"].path)
    return below or b["disclosure_request"] is not None
