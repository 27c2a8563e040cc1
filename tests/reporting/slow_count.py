"""The 2018 table counted the slow way, request by request, written from LAW §2 and
outcomes.csv alone; it imports nothing of the forms."""

REPLY_LINES = {
    "already_public": "3.3.1",
    "granted": "3.3.2",
    "partly_granted": "3.3.3",
    "state_secret": "3.3.4.1",
    "trade_secret": "3.3.4.2",
    "personal_privacy": "3.3.4.3",
    "other_third_party_rights": "3.3.4.6",
    "three_securities": "3.3.4.4",
    "not_government_information": "3.3.4.5",
    "forbidden_by_law": "3.3.4.6",
    "internal_affairs": "3.3.4.5",
    "deliberative": "3.3.4.5",
    "enforcement_file": "3.3.8",
    "enquiry_matter": "3.3.8",
    "not_this_agency": "3.3.5",
    "not_held": "3.3.6",
    "needs_making": "3.3.6",
    "told_to_amend": "3.3.7",
    "still_unclear": "3.3.7",
    "told_other_channel": "3.3.8",
    "petition": "3.3.8",
    "repeated": "3.3.8",
    "publication": "3.3.8",
    "excessive": "3.3.8",
    "reconfirmation": "3.3.8",
    "supplement_lapsed": "3.3.7",
    "fee_lapsed": None,
    "withdrawn": None,
    "other": None,
}
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


def slow_count(requests, appeals, year):
    """`requests` and `appeals` are dicts; returns the number of every counted line."""
    table = dict.fromkeys(LINES, 0)
    for r in requests:
        if r["received_on"].year == year:
            table["3.1"] += 1
            if r["channel"]:
                table[CHANNEL_LINES[r["channel"]]] += 1
        if r["replied_on"] is None or r["replied_on"].year != year:
            continue
        table["3.2"] += 1
        table["3.2.1" if r["timeliness"] == "on_time" else "3.2.2"] += 1
        table["7"] += r["fee"]
        line = REPLY_LINES[r["outcome"]]
        if line:
            table["3.3"] += 1
            table[line] += 1
            if line.startswith("3.3.4"):
                table["3.3.4"] += 1
    for a in appeals:
        if a["decided_on"] is None or a["decided_on"].year != year:
            continue
        if any(
            b["first_instance_case_number"] == a["case_number"]
            and b["filed_on"].year <= year
            for b in appeals
            if a["case_number"]
        ):
            continue
        chapter = "4" if a["procedure"] == "reconsideration" else "5"
        table[chapter] += 1
        table[f"{chapter}.{RESULTS[a['result']]}"] += 1
    return table
