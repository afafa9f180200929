"""Sealed values open in their own place only; the keys are kept apart."""

from __future__ import annotations

import stat

import pytest
from django.db import connection

from tests.city.conftest import Town
from vanzelf.city import secrets
from vanzelf.city.paths import keys_folder
from vanzelf.city.people.models import InszAlias

PLACE = {"table": "people_inszalias", "column": "insz", "row": 7}


def test_sealed_text_opens_in_its_own_place(database: str) -> None:
    sealed = secrets.seal("85673003328", **PLACE)
    assert secrets.open_sealed(sealed, **PLACE) == "85673003328"
    assert b"85673003328" not in sealed.ciphertext


@pytest.mark.parametrize(
    "elsewhere", [{"row": 8}, {"column": "name"}, {"table": "people_person"}], ids=str
)
def test_sealed_text_refuses_another_place(database: str, elsewhere: dict[str, object]) -> None:
    sealed = secrets.seal("85673003328", **PLACE)
    with pytest.raises(secrets.SealError, match="not of this row"):
        secrets.open_sealed(sealed, **{**PLACE, **elsewhere})


def test_sealed_text_names_a_key_that_is_gone(database: str) -> None:
    sealed = secrets.seal("85673003328", **PLACE)._replace(key_id="k0")
    with pytest.raises(secrets.SealError, match="k0"):
        secrets.open_sealed(sealed, **PLACE)


def test_index_is_the_same_for_the_same_number_and_no_plain_hash(database: str) -> None:
    import hashlib

    index = secrets.blind_index("85673003328")
    assert index == secrets.blind_index("85673003328")
    assert index != hashlib.sha256(b"85673003328").digest()


def test_fingerprint_differs_for_another_text_and_from_what_finds_it(database: str) -> None:
    text = "Larsen|Kouterdreef 4"
    one, other, again = secrets.fingerprints([text, "Larsen|Kouterdreef 5", text])
    assert one == again != other
    assert one != secrets.blind_index(text)[: len(one)]


def test_keys_are_readable_by_their_owner_only(database: str) -> None:
    secrets.keyring()
    mode = (keys_folder() / "keys.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_keys_do_not_print(database: str) -> None:
    keys = secrets.keyring()
    assert keys.index.hex() not in repr(keys)
    assert repr(keys.index) not in repr(keys)


def test_swapped_ciphertexts_are_refused(town: Town) -> None:
    first, second = InszAlias.objects.order_by("pk")[:2]
    first.ciphertext, second.ciphertext = second.ciphertext, first.ciphertext
    first.save()
    first.refresh_from_db()
    with pytest.raises(secrets.SealError):
        first.open()


def test_numbers_stand_nowhere_in_clear(town: Town) -> None:
    number = InszAlias.objects.first().open()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{number}%"]
            )
            found += [table] * cursor.fetchone()[0]
    assert found == []
