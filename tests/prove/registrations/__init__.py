"""Who is registered with MAGDA is known, however often the telling is killed."""
