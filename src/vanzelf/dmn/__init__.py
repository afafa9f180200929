"""Decision models of the DMN standard (DMN 1.5; files of 1.1 to 1.5).

This package knows no regulation, no city, no clock and no network.
"""
