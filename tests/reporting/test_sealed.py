"""What was signed stands in the database itself, whatever a program would write."""

import pytest
from django.db import DatabaseError, connection, transaction

from reporting.models import Edition, EditionFile, FrozenFact, sealed
from reporting.services import editions, filing
from reporting.services.editions import Which
from tests.reporting.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(office):
    return member(office, "office_head", "statistician")


@pytest.fixture
def handed_up(office, letters, head, statistics):
    which = Which(office, 2018, "national_2018", "area")
    return filing.submit(which, by=head, deps=statistics)


@pytest.fixture
def published(handed_up, head, statistics):
    explained(handed_up, head)
    edition = filing.sign(handed_up, by=head, deps=statistics)
    return filing.publish(edition, by=head, deps=statistics)


def explained(edition, by):
    editions.place(edition).filter(editions.Explanation).create(
        **editions.place(edition)._asdict(), rule="S18-R10", text="含往年文件",
        given_by=by, given_at=edition.as_of,
    )  # fmt: skip


def fact(edition, key=0):
    return FrozenFact(
        edition=edition, source="requests", object_id=key, agency_id=1, dimensions={}
    )


def whose(edition):
    return Edition.objects.filter(pk=edition.pk)


# fmt: off
REFUSED = {
    "a cell":             lambda e: whose(e).update(content={"cells": {}}),
    "who entered what":   lambda e: whose(e).update(entered=[{"value": "1"}]),
    "what it adds up":    lambda e: whose(e).update(agencies=[]),
    "what it rests on":   lambda e: whose(e).update(rests_on=[{"id": 1}]),
    "what it corrects":   lambda e: whose(e).update(corrects={"cells": []}),
    "when":               lambda e: whose(e).update(as_of="2020-01-01T00:00:00+08:00"),
    "by which release":   lambda e: whose(e).update(release="0"),
    "the digest":         lambda e: whose(e).update(digest="0"),
    "a step back":        lambda e: whose(e).update(state="submitted"),
    "unpublishing":       lambda e: whose(e).update(state="signed"),
    "the edition itself": lambda e: whose(e)._raw_delete("default"),
    "a fact changed":     lambda e: e.facts.update(agency_id=2),
    "a fact less":        lambda e: e.facts.all()[:1].get().delete(),
    "a fact more":        lambda e: fact(e).save(),
    "facts more":         lambda e: FrozenFact.objects.bulk_create([fact(e, 1), fact(e, 2)]),
    "a file":             lambda e: e.files.update(content=b"other"),
    "no file":            lambda e: e.files.all().delete(),
    "a step":             lambda e: e.steps.update(reason="other"),
    "no step":            lambda e: e.steps.all().delete(),
    "an explanation":     lambda e: editions.explanations(editions.place(e)).update(text="other"),
    "no explanation":     lambda e: editions.explanations(editions.place(e)).delete(),
}
# fmt: on


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED.keys())
def test_what_was_published_stands(act, published, statistics):
    with pytest.raises(DatabaseError), transaction.atomic():
        act(published)
    assert editions.verify(Edition.objects.get(pk=published.pk), statistics) == ""


def test_it_may_be_superseded_and_nothing_more(published):
    whose(published).update(state="superseded")
    with pytest.raises(DatabaseError), transaction.atomic():
        whose(published).update(state="published")


def test_until_it_is_signed_it_may_be_counted_anew(handed_up):
    fact(handed_up).save()
    handed_up.facts.all().delete()
    whose(handed_up).update(state="returned", content={})
    assert whose(handed_up).get().content == {}


def test_a_file_more_is_found(published, statistics):
    EditionFile.objects.create(
        edition=published, ending=".pdf", content=b"", stored_at=published.as_of,
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )  # fmt: skip
    assert "公布时" in editions.verify(published, statistics)


def test_another_file_with_its_own_hash_is_found(published, unsealed, statistics):
    published.files.update(
        content=b"",
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    )
    assert "公布时" in editions.verify(published, statistics)


def test_installed_again_and_again_it_is_the_same(published):
    connection.check_constraints()
    sealed.install(connection)
    sealed.install(connection)
    with pytest.raises(DatabaseError), transaction.atomic():
        published.files.update(content=b"other")
