"""How each service is reached: address, who asks, TLS, signing, patience, budget.

From a YAML file that VANZELF_MAGDA_SETTINGS names, and from the environment, which goes before it.
"""

from vanzelf.sources.magda.settings.endpoints import Endpoints
from vanzelf.sources.magda.settings.file import FileSettings, read_settings
from vanzelf.sources.magda.settings.service import EndpointError, ServiceSettings, Signing
from vanzelf.sources.magda.settings.tls import Tls

__all__ = [
    "EndpointError",
    "Endpoints",
    "FileSettings",
    "ServiceSettings",
    "Signing",
    "Tls",
    "read_settings",
]
