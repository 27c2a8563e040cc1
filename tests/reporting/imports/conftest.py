import pytest

from tests.files import loader


@pytest.fixture
def load(office, tmp_path):
    return loader(tmp_path)
