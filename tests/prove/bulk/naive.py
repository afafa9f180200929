"""The control: a file is sent under its own name at once, and marked afterwards. Killed in between,
it does not know that it sent it."""

from __future__ import annotations

import sys


def main(order: int) -> None:
    import django

    django.setup()
    from vanzelf.city.bulk import archive, numbers, work
    from vanzelf.city.bulk.models import ListFile, Order
    from vanzelf.sources.magda.bulk import BulkSettings, ListQuestion, Mailbox, written

    def send(file: ListFile, order: Order, box: Mailbox, settings: BulkSettings) -> None:
        question = ListQuestion(file.reference, tuple(file.statutes), order.on, settings.operation)
        kept = archive.keep(file.name, written(question, numbers.of(file.persons)))
        box.upload(file.name, archive.read(kept))
        box.release(file.name)
        file.state, file.sent_at = ListFile.State.SENT, order.at
        file.save(update_fields=["state", "sent_at"])

    work._send = send
    work.send(order)


if __name__ == "__main__":
    main(int(sys.argv[1]))
