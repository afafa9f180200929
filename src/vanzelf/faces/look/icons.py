"""The few marks we draw ourselves: 24 by 24, one stroke, in the colour of the text beside them."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS = {
    "yes": "M5 12.5l4.5 4.5L19 7.5",
    "ask": "M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.1.6-1.7 1.2-1.7 2.5M12 18.5v.1",
    "no": "M6 12h12",
    "stop": "M7 7l10 10M17 7L7 17",
    "open": "M9 6l6 6-6 6",
    "dot": "M12 11.4a.6.6 0 1 1 0 1.2a.6.6 0 1 1 0-1.2",
    "unread": "M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16",
    "rights": "M9 6h11M9 12h11M9 18h11M4 6l.8.8L6.4 5M4 12l.8.8 1.6-1.8M4 18l.8.8 1.6-1.8",
    "facts": "M4 5h16v14H4zM8 10a1.6 1.6 0 1 1 3.2 0a1.6 1.6 0 1 1-3.2 0"
    "M7 15.5c.5-1.6 4.7-1.6 5.2 0M14.5 10H17M14.5 14H17",
    "looks": "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12z"
    "M9.2 12a2.8 2.8 0 1 1 5.6 0a2.8 2.8 0 1 1-5.6 0",
    "help": "M4 5h16v11h-9l-4 3.5V16H4z",
    "desk": "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13M15.3 15.3L20 20",
    "today": "M5 6h14v14H5zM5 10h14M9 3.5V7M15 3.5V7",
    "runs": "M4 18V9M10 18V5M16 18v-6M20.5 20.5h-18",
    "rules": "M6 4h9l3 3v13H6zM9 11h6M9 15h6",
    "key": "M8 11a4 4 0 1 1 0 8a4 4 0 1 1 0-8M11 12.5L20 4M16.5 7.2l3 3",
    "slide": "M3 7h9M17 7h4M14.5 4.5v5M3 17h4M12 17h9M9.5 14.5v5",
    "state": "M3 12h4.5l2.5-6 4 12 2.5-6H21",
    "start": "M4 11l8-7 8 7v9h-5.5v-5.5h-5V20H4z",
}


def icon(name: str) -> SafeString:
    """The mark as inline SVG, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="vz-ic" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        PATHS[name],
    )
