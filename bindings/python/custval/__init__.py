"""custval: what an offer is worth to a customer, and why.

    import custval as cv
    system = cv.System.load("perceived-value.json")
    scores = system.score(frame)             # the same kind of frame back
    print(system.explain(frame, row=17))

And what a customer is worth to the firm:

    history = cv.History(transactions)       # customer, date, amount
    customers = history.customers(end="2026-09-30")
    model = cv.Lifetime.fit(customers, unit=history.unit)
    model.predict(customers, horizon=52, rate=0.1, rate_period="year", keep="customer")

Everything computes in the C library libcustval; this package needs nothing but the standard library. NumPy, pandas,
polars, pyarrow and DuckDB are taken when given, and matplotlib when asked for a picture (custval.plot).
"""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from . import (
    equity,
    groups,
    history,
    impact,
    lifetime,
    migration,
    panel,
    pipeline,
    programmes,
    ranking,
    satisfaction,
    scenario,
    uncertainty,
    weights,
    worth,
)
from ._errors import (
    ArgumentError,
    CancelledError,
    ColumnTypeError,
    ConvergenceError,
    DocumentError,
    DuplicateError,
    Error,
    InternalError,
    LimitError,
    NotFiniteError,
    NotFoundError,
    OutOfMemoryError,
    RangeError,
    StateError,
    StreamError,
    StructNewerError,
    StructSizeError,
    StructureError,
    UnsupportedError,
    WeightError,
)
from ._host import set_threads, threads
from ._library import has_feature
from ._library import lib as _lib
from ._library import path as library_path
from ._report import Report, report
from .builder import Builder
from .groups import Groups
from .history import History
from .impact import Impact
from .lifetime import Lifetime
from .migration import Migration
from .pipeline import PipelineError, run
from .programmes import Programmes
from .scenario import Scenario
from .summary import Summary
from .system import Explanation, Node, Scores, Stream, System, status_counts, status_words
from .table import Table
from .weights import Weights
from .worth import Worth

#: Version of the library in use.
__version__: str = _lib.custval_version_string().decode()

__all__ = [
    "ArgumentError",
    "Builder",
    "CancelledError",
    "ColumnTypeError",
    "ConvergenceError",
    "DocumentError",
    "DuplicateError",
    "Error",
    "Explanation",
    "Groups",
    "History",
    "Impact",
    "InternalError",
    "Lifetime",
    "LimitError",
    "Migration",
    "Node",
    "NotFiniteError",
    "NotFoundError",
    "OutOfMemoryError",
    "PipelineError",
    "Programmes",
    "RangeError",
    "Report",
    "Scenario",
    "Scores",
    "StateError",
    "Stream",
    "StreamError",
    "StructNewerError",
    "StructSizeError",
    "StructureError",
    "Summary",
    "System",
    "Table",
    "UnsupportedError",
    "WeightError",
    "Weights",
    "Worth",
    "equity",
    "groups",
    "has_feature",
    "history",
    "impact",
    "library_path",
    "lifetime",
    "migration",
    "panel",
    "pipeline",
    "programmes",
    "ranking",
    "report",
    "run",
    "satisfaction",
    "scenario",
    "set_threads",
    "status_counts",
    "status_words",
    "threads",
    "uncertainty",
    "weights",
    "worth",
]
