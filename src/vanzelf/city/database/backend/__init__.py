"""Django's PostgreSQL backend, told at the first connection where the server is and as whom."""
