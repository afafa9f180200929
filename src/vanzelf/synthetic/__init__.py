"""An invented Ghent: deterministic from a seed, drawn from published figures, nobody real.

    city = build(seed=1, on=date(2026, 1, 1))      # persons, households: pyarrow tables
    city.write(Path(".data/city"))                 # two Parquet files and calibration.json
    cast()                                         # the personas with fixed names and numbers

The columns are in `README.md` and `schema.py`.
"""

from vanzelf.synthetic.build import REFERENCE_DAY, City, build
from vanzelf.synthetic.calibration import Calibration
from vanzelf.synthetic.cast import Persona, cast

__all__ = ["REFERENCE_DAY", "Calibration", "City", "Persona", "build", "cast"]
