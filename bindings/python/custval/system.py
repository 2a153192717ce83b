"""Indicator systems: loading, looking into, scoring, explaining."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import local
from typing import Any

from . import _declarations as d
from ._frames import give_back, table_of
from ._handle import Handle
from ._host import Progress
from ._library import call, lib, struct, text, written
from ._options import Date, Levels, scoring
from .table import Table


@dataclass(frozen=True)
class Node:
    """A node of a system, as it stands in the tree."""

    id: str
    kind: str  #: value, side, dimension, indicator, item or derived
    side: str  #: benefit, sacrifice or none
    label: str
    parent: str | None
    local_weight: float  #: share among its siblings
    global_weight: float  #: product of the shares on its path within its side


class Explanation(Table):
    """Why a customer's value is what it is: parts that add up exactly. print() shows it as a tree."""

    __slots__ = ()

    def __str__(self) -> str:
        return written(lambda *to: call("custval_explain_text", self._handle, *to)).decode()

    def _repr_html_(self) -> str:
        from ._show import tree

        return tree(self)


class Scores(Mapping[str, float]):
    """Scores of one row: a mapping of numbers, NaN where there is none, and its status."""

    def __init__(self, numbers: dict[str, float], status: int) -> None:
        self._numbers = numbers
        self.status = status  #: 0, or bits as in the column `status`

    def __getitem__(self, name: str) -> float:
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def value(self) -> float:
        """The perceived value; NaN if the row cannot be scored."""
        return self._numbers["value"]

    @property
    def problems(self) -> list[str]:
        """Words for the bits of the status, e.g. ["out-of-scale"]."""
        return status_words(self.status)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={number:.4g}" for name, number in self._numbers.items())
        return f"<custval.Scores {shown}{', ' if self.status else ''}{', '.join(self.problems)}>"


def status_words(status: int) -> list[str]:
    """Words for the bits of a row's status.

    >>> status_words(512 + 4)
    ['clamped', 'out-of-scale']
    """
    words = [lib.custval_word(d.CUSTVAL_WORDS_ROW_STATUS, 1 << bit) for bit in range(32) if status >> bit & 1]
    return [word.decode() for word in words if word]


class System(Handle):
    """A weighted three-level indicator system: what a customer's perceived value is made of. Immutable.

    >>> system = System.loads('''{"custval": "system", "version": 1, "dimensions": [
    ...     {"id": "product", "side": "benefit", "indicators": [
    ...         {"id": "quality", "items": [{"column": "q1", "scale": [1, 10]}]}]},
    ...     {"id": "money", "side": "sacrifice", "indicators": [
    ...         {"id": "price", "items": [{"column": "q2", "scale": [1, 10]}]}]}]}''')
    >>> system.score({"q1": [10, 1], "q2": [1, 10]})["value"]
    [100.0, -100.0]
    """

    _free = "custval_system_free"
    __slots__ = ("_inputs", "_row")

    def __init__(self, document: str | Mapping[str, Any]) -> None:
        """Reads a document: JSON as text, or as the mapping that json.load() gives."""
        self._own(_parsed(document))

    @classmethod
    def _of(cls, pointer: Any) -> System:
        made = cls.__new__(cls)
        made._own(pointer)
        return made

    def _own(self, pointer: Any) -> None:
        super()._own(pointer)
        self._row = local()  # a scorer belongs to one thread
        self._inputs = [self._input(index) for index in range(lib.custval_system_inputs(pointer))]

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> System:
        """Reads a document from a file."""
        with open(path, encoding="utf-8-sig") as file:
            return cls(file.read())

    @classmethod
    def loads(cls, document: str) -> System:
        """Reads a document from a text."""
        return cls(document)

    def to_json(self) -> str:
        """The document. Loading it gives an equal system."""
        return written(lambda *to: call("custval_system_write", self._handle, *to)).decode()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document to a file."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.to_json())

    def __eq__(self, other: object) -> bool:
        return self.to_json() == other.to_json() if isinstance(other, System) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return System, (self.to_json(),)

    def __repr__(self) -> str:
        return f'<custval.System "{self.id}": {len(self.nodes)} nodes>'

    def __str__(self) -> str:
        return self.tree()

    # --- Looking into it

    @property
    def id(self) -> str:
        """The name of the system."""
        spec = struct("custval_system_spec")
        call("custval_system_get", self._handle, ctypes.byref(spec))
        return str(spec.id.decode())

    @property
    def nodes(self) -> list[Node]:
        """Every node in the order of the tree, with its English label."""
        return [self._node(index, None) for index in range(lib.custval_system_nodes(self._handle))]

    def _node(self, index: int, language: str | None) -> Node:
        node = struct("custval_node")
        call("custval_system_node", self._handle, index, ctypes.byref(node))
        parent = None
        if node.parent != d.CUSTVAL_NONE:
            above = struct("custval_node")
            call("custval_system_node", self._handle, node.parent, ctypes.byref(above))
            parent = above.id.decode()
        return Node(
            id=node.id.decode(),
            kind=lib.custval_word(d.CUSTVAL_WORDS_KIND, node.kind).decode(),
            side=lib.custval_word(d.CUSTVAL_WORDS_SIDE, node.side).decode(),
            label=lib.custval_system_label(self._handle, index, text(language)).decode(),
            parent=parent,
            local_weight=node.local_weight,
            global_weight=node.global_weight,
        )

    def label(self, node: str, language: str = "en") -> str:
        """The label of a node in a language, or the best there is."""
        index = ctypes.c_uint32()
        call("custval_system_find", self._handle, text(node), ctypes.byref(index))
        return str(lib.custval_system_label(self._handle, index, text(language)).decode())

    def _input(self, index: int) -> str:
        column = struct("custval_input")
        call("custval_system_input", self._pointer, index, ctypes.byref(column))
        return str(column.column.decode())

    @property
    def inputs(self) -> list[str]:
        """The columns that the system reads."""
        return list(self._inputs)

    @property
    def profiles(self) -> list[str]:
        """The ids of the profiles."""
        return self._frames(d.CUSTVAL_PROFILES)

    @property
    def contexts(self) -> list[str]:
        """The ids of the contexts."""
        return self._frames(d.CUSTVAL_CONTEXTS)

    def _frames(self, kind: int) -> list[str]:
        frame, ids = struct("custval_frame"), []
        for index in range(lib.custval_system_frames(self._handle, kind)):
            call("custval_system_frame", self._handle, kind, index, ctypes.byref(frame))
            ids.append(frame.id.decode())
        return ids

    def weights(self, profile: str | None = None, context: str | None = None) -> dict[str, float]:
        """The share of each node among its siblings, in a profile and context; a group's shares add up to 1."""
        count = lib.custval_system_nodes(self._handle)
        local = (ctypes.c_double * count)()
        call("custval_system_weights", self._handle, text(profile), text(context), local, None)
        return {node.id: weight for node, weight in zip(self.nodes, local) if node.kind != "derived"}

    def tree(self, language: str = "en") -> str:
        """The tree with its weights, for people."""
        return written(lambda *to: call("custval_system_text", self._handle, text(language), *to)).decode()

    def check(self, data: Any = None) -> Table:
        """What is allowed but probably not meant: `code`, `node`, `message`; with data, what they show as well."""
        out = ctypes.POINTER(d.custval_table)()
        if data is None:
            call("custval_system_check", self._handle, None, ctypes.byref(out))
            return Table._of(out)
        with table_of(data, self._inputs) as table:
            call("custval_system_check", self._handle, table._handle, ctypes.byref(out))
        return Table._of(out)

    # --- Scoring

    def _on(self, data: Any, function: str, *arguments: Any, **options: Any) -> Any:
        """Calls a function of (system, table, ..., options, out, error) and gives the handle of its table."""
        progress = options.pop("progress", None)
        out = ctypes.POINTER(d.custval_table)()
        with table_of(data, self._inputs) as table, scoring(progress=progress, **options) as made:
            call(function, self._handle, table._handle, *arguments, ctypes.byref(made), ctypes.byref(out))
        return out

    def score(
        self,
        data: Any,
        *,
        levels: Levels = None,
        coverage: str = "value",
        as_of: Date = None,
        profile: str | None = None,
        context: str | None = None,
        progress: Progress = None,
    ) -> Any:
        """Scores every row.

        Args:
            data: a pandas, polars or pyarrow frame, a mapping of columns, or anything that speaks Arrow; needs the
                columns of `inputs`, others are ignored.
            levels: "value", "side" (both are the default), "dimension", "indicator", "item", "derived", "tag", "all".
            coverage: "value", "all" or "none": for which scores to say how much was answered.
            as_of: date of the scoring, for judgements that expire; today if not given.
            profile, context: use this one for every row, whatever its column says.
            progress: True shows a bar (with tqdm); a function is called with (done, total).

        Returns:
            The same kind of frame, one row per row in the same order (pandas keeps its index): scores on 0..100
            (value by its form), NaN where a row has none, and `status`, 0 or bits (see status_words()).
        """
        options = {"levels": levels, "coverage": coverage, "as_of": as_of, "profile": profile, "context": context}
        return give_back(data)(Table._of(self._on(data, "custval_score", progress=progress, **options)))

    def score_row(self, answers: Mapping[str, Any] | None = None, /, **more: Any) -> Scores:
        """Scores one row: a mapping of answers (of which others are ignored), keywords, or both; what is not given is missing.

        >>> import custval
        >>> system = custval.System.loads(custval.system.EXAMPLE)
        >>> system.score_row(q1=10, q2=1).value
        100.0
        """
        self._handle  # noqa: B018 - a closed system scores nothing
        if not hasattr(self._row, "scorer"):
            self._row.scorer = _RowScorer(self)
        scorer: _RowScorer = self._row.scorer
        return scorer.score(answers or {}, more)

    def reason(self, data: Any, row: int, **options: Any) -> str:
        """Says what is wrong with a row, or "" if nothing is."""
        with table_of(data, self._inputs) as table, scoring(**options) as made:
            buffer = ctypes.create_string_buffer(4096)
            call("custval_row_reason", self._handle, table._handle, row, ctypes.byref(made), buffer, len(buffer))
        return buffer.value.decode("utf-8", "ignore")

    # --- Why

    def explain(self, data: Any, row: int, **options: Any) -> Explanation:
        """Splits the value of a row into parts that add up exactly; print() shows a tree, a notebook a picture."""
        made = Explanation.__new__(Explanation)
        made._own(self._on(data, "custval_explain", _row(row), **options))
        return made

    def change(self, before: Any, row_before: int, after: Any, row_after: int, **options: Any) -> Table:
        """Splits the change of value between two rows exactly into what the scores and what the weights did."""
        out = ctypes.POINTER(d.custval_table)()
        with table_of(before, self._inputs) as first, table_of(after, self._inputs) as second, scoring(**options) as made:
            rows = first._handle, _row(row_before), second._handle, _row(row_after)
            call("custval_explain_change", self._handle, *rows, ctypes.byref(made), ctypes.byref(out))
        return Table._of(out)

    def levers(self, data: Any, row: int | None = None, **options: Any) -> Table:
        """What one point of each indicator is worth to a row, or on average to all rows."""
        which = d.CUSTVAL_ALL_ROWS if row is None else _row(row)
        return Table._of(self._on(data, "custval_levers", which, **options))

    def target(self, data: Any, row: int, value: float, **options: Any) -> Table:
        """The cheapest way to bring a row to a value."""
        return Table._of(self._on(data, "custval_target", _row(row), value, **options))

    def flip(self, data: Any, row_a: int, row_b: int, **options: Any) -> Table:
        """The weights at which two rows draw level."""
        return Table._of(self._on(data, "custval_flip", _row(row_a), _row(row_b), **options))

    def compare(
        self,
        data: Any,
        *,
        own: int | None = None,
        price: str | None = None,
        choice_scale: float = 0.1,
        quality_weight: float = 0.5,
        price_weight: float = 0.5,
        **options: Any,
    ) -> Any:
        """Compares offers, one a row: ranks, margins, choice shares. With `own`, one offer against its rivals by indicator."""
        out = ctypes.POINTER(d.custval_table)()
        wanted = [*self._inputs, *([price] if price else [])]
        with table_of(data, wanted) as table, scoring(**options) as score:
            made = struct(
                "custval_compare_options",
                score=score,
                price_column=price,
                choice_scale=choice_scale,
                quality_weight=quality_weight,
                price_weight=price_weight,
            )
            if own is None:
                call("custval_compare", self._handle, table._handle, ctypes.byref(made), ctypes.byref(out))
            else:
                arguments = table._handle, _row(own), ctypes.byref(made), ctypes.byref(out)
                call("custval_compare_indicators", self._handle, *arguments)
        return Table._of(out) if own is not None else give_back(data)(Table._of(out))


def _row(row: int) -> int:
    if not isinstance(row, int) or row < 0:
        raise IndexError(f"row {row!r} is no row: they are counted from 0")
    return row


def _parsed(document: str | Mapping[str, Any]) -> Any:
    if isinstance(document, Mapping):
        import json

        document = json.dumps(document, ensure_ascii=False)
    if not isinstance(document, str):
        raise TypeError(f"a document is a text or a mapping, not {type(document).__name__}")
    encoded = document.encode()
    out = ctypes.POINTER(d.custval_system)()
    call("custval_system_parse", None, encoded, len(encoded), ctypes.byref(out))
    return out


class _RowScorer(Handle):
    """Scores single rows again and again without allocating in the library."""

    _free = "custval_scorer_free"
    __slots__ = ("_columns", "_names", "_numbers", "_scores", "_status", "_system", "_texts")

    def __init__(self, system: System) -> None:
        out = ctypes.POINTER(d.custval_scorer)()
        with scoring() as made:
            made.host = None  # one row needs neither threads nor progress
            call("custval_scorer_new", system._handle, ctypes.byref(made), ctypes.byref(out))
        self._own(out)
        count = lib.custval_scorer_columns(out)
        self._names = [lib.custval_scorer_column_name(out, index).decode() for index in range(count)]
        self._columns = {name: index for index, name in enumerate(system._inputs)}
        self._numbers = (ctypes.c_double * len(self._columns))()
        self._texts = (d.custval_text * len(self._columns))()
        self._scores = (ctypes.c_double * count)()
        self._status = ctypes.c_uint32()

    def score(self, answers: Mapping[str, Any], more: Mapping[str, Any]) -> Scores:
        unknown = more.keys() - self._columns.keys()
        if unknown:
            known = ", ".join(self._columns)
            raise TypeError(f"the system reads no column {sorted(unknown)[0]!r}; its columns are {known}")
        kept = []
        for name, index in self._columns.items():
            answer = more[name] if name in more else answers.get(name)
            encoded = answer.encode() if isinstance(answer, str) else None
            kept.append(encoded)
            self._texts[index].data = None if encoded is None else ctypes.cast(encoded, ctypes.c_void_p)
            self._texts[index].length = len(encoded or b"")
            self._numbers[index] = float("nan") if answer is None or encoded is not None else float(answer)
        status = lib.custval_scorer_row(self._handle, self._numbers, self._texts, self._scores, ctypes.byref(self._status))
        if status != d.CUSTVAL_OK:
            raise RuntimeError("the row could not be scored")
        return Scores(dict(zip(self._names, self._scores)), self._status.value)

