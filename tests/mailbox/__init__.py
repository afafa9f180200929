"""A stand-in for the other side of files: real FTPS on loopback, and a source that answers them.

`Server` is pyftpdlib with TLS on both channels and client certificates from an authority of its
own; `Source` takes what was left in To_Vip, as MAGDA would, and leaves answers in From_Vip.
"""

from tests.mailbox.certificates import Certificates
from tests.mailbox.server import Server
from tests.mailbox.source import Source, Switches

__all__ = ["Certificates", "Server", "Source", "Switches"]
