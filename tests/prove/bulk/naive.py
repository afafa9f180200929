"""The control: a file is sent under its own name at once, and marked afterwards, with nine others.
Killed in between, it does not know what it sent."""

from __future__ import annotations

import sys

TOGETHER = 10


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
        if file.number % TOGETHER == TOGETHER - 1 or file.number == order.files.count() - 1:
            sent = order.files.filter(number__lte=file.number)
            sent.update(state=ListFile.State.SENT, sent_at=order.at)

    work._send = send
    work.send(order)


if __name__ == "__main__":
    main(int(sys.argv[1]))
