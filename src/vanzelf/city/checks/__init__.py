"""Point checks that were asked at the counter and are answered by a worker of their own."""
