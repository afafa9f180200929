"""What the answers with static files say to a browser."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("name", ["look/icon.svg", "look/look.css"])
def test_static_file_opened_by_itself_may_do_nothing(name: str) -> None:
    response = Client(headers={"host": "localhost"}).get(f"/static/{name}")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
