"""The namespaces of the DMN versions (DMN 1.1 to 1.6, chapter 12, and 7.3.1 for FEEL)."""

from __future__ import annotations

from typing import Final

VERSIONS: Final = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    # What the first tools wrote for DMN 1.1, before it was final.
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}
"""The namespace of a model's elements, and the DMN version that it stands for."""

FEEL: Final = frozenset(
    {
        "feel",
        "http://www.omg.org/spec/FEEL/20140401",
        "http://www.omg.org/spec/DMN/20180521/FEEL/",
        "https://www.omg.org/spec/DMN/20191111/FEEL/",
        "https://www.omg.org/spec/DMN/20211108/FEEL/",
        "https://www.omg.org/spec/DMN/20230324/FEEL/",
        "https://www.omg.org/spec/DMN/20240513/FEEL/",
    }
)
"""What `expressionLanguage` says of FEEL, in each version."""

XML_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema"
"""The other language of types that a model may name (DMN 1.5, 7.3.3, `typeLanguage`)."""
