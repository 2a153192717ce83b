"""Indicator systems: loading, looking into, scoring, explaining."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import ctypes
import datetime
import operator
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from . import _arrow
from . import _declarations as d
from ._document import Document
from ._frames import give_back, table_of
from ._handle import Handle, expected
from ._host import Progress
from ._library import bytes_at, call, index, is_missing, lib, new, number, struct, text, written
from ._options import Date, Levels, scoring
from .table import Table

Made = TypeVar("Made", bound=Table)


@dataclass(frozen=True)
class Node:
    """A node of a system, as it stands in the tree.

    Attributes:
        id: its id.
        kind: "value", "side", "dimension", "indicator", "item" or "derived".
        side: "benefit", "sacrifice" or "none".
        label: in English, or the best there is.
        parent: id of its parent; None for the value and for derived nodes.
        local_weight: share among its siblings; a group's add up to 1. Derived nodes: 0.
        global_weight: product of the shares on its path within its side. A side's own is its share in the index form,
            else 1.
    """

    id: str
    kind: str
    side: str
    label: str
    parent: str | None
    local_weight: float
    global_weight: float


class Explanation(Table):
    """Why a customer's value is what it is: parts that add up exactly. print() shows it as a tree.

    One row per node in the order of the tree, then the steps that applied. Columns: `node`, `label`, `kind` (of nodes,
    or "relief", "override", "gate", "rounding"), `depth`, `answer` (items), `score`, `coverage`, `weight` (share among
    the siblings that counted), `effective` (weight on the value), `contribution` (what it adds to the value),
    `is_part` (1: one of the rows whose contributions, added from the first to the last, give the value), `unit`
    ("points" or "log") and `note`.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return written(lambda *to: call("custval_explain_text", self._handle, *to)).decode()

    def _repr_html_(self) -> str:
        from ._show import tree

        return tree(self)


class Scores(Mapping[str, float]):
    """Scores of one row, from System.score_row(): a mapping of `numbers`, NaN where there is none, and its status.

    The names are those of the columns of System.score() with the default levels.

    Attributes:
        status: 0, or bits as in the column `status`; `problems` has their words.
    """

    __slots__ = ("_numbers", "status")

    def __init__(self, numbers: dict[str, float], status: int) -> None:
        self._numbers = numbers
        self.status = status

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
        shown = [f"{name}={number:.4g}" for name, number in self._numbers.items()]
        return f"<custval.Scores {', '.join(shown + self.problems)}>"


def status_words(status: int) -> list[str]:
    """Words for the bits of a row's status.

    Args:
        status: a number of the column `status` of System.score(), or Scores.status.

    >>> status_words(512 + 4)
    ['clamped', 'out-of-scale']
    """
    words = [lib.custval_word(d.CUSTVAL_WORDS_ROW_STATUS, 1 << bit) for bit in range(32) if status >> bit & 1]
    return [word.decode() for word in words if word]


def status_counts(*scores: Any) -> dict[str, int]:
    """How many rows there are in results of System.score(), how many have a value, and how many have each status.

    Args:
        *scores: any number of results, which are counted together; each needs the column `status`.

    Returns:
        `rows`, `scored` (with a value), `marked` (with any status), and the count of each status that was seen.

    >>> status_counts({"value": [1.0, None], "status": [0, 512]})
    {'rows': 2, 'scored': 1, 'marked': 1, 'out-of-scale': 1}
    """
    seen = struct("custval_row_summary")
    for part in scores:
        with table_of(part, ["status"]) as table:
            if table.types["status"] != "uint32":  # a column of other integers, as of a dictionary
                table = Table({"status": array.array("I", [int(status) for status in table["status"]])})
            call("custval_row_summary_add", ctypes.byref(seen), table._handle)
    counts = {"rows": seen.rows, "scored": seen.scored, "marked": seen.marked}
    return {**counts, **{status_words(1 << bit)[0]: seen.count[bit] for bit in range(16) if seen.count[bit]}}


class System(Document):
    """A weighted three-level indicator system: what a customer's perceived value is made of. It does not change.

    >>> system = System({"custval": "system", "version": 1, "dimensions": [
    ...     {"id": "product", "side": "benefit", "indicators": [
    ...         {"id": "quality", "items": [{"column": "q1", "scale": [1, 10]}]}]},
    ...     {"id": "money", "side": "sacrifice", "indicators": [
    ...         {"id": "price", "items": [{"column": "q2", "scale": [1, 10]}]}]}]})
    >>> system.score({"q1": [10, 1], "q2": [1, 10]})["value"]
    [100.0, -100.0]
    >>> system.score_row(q1=10, q2=1).value
    100.0
    """

    _kind = d.custval_system
    _parse, _write, _free = "custval_system_parse", "custval_system_write", "custval_system_free"
    __slots__ = ("_inputs", "_row", "_texts")

    def _own(self, pointer: Any) -> None:
        super()._own(pointer)
        self._row = threading.local()  # a scorer belongs to one thread
        column = struct("custval_input")
        self._inputs, self._texts = [], set()
        for place in range(lib.custval_system_inputs(pointer)):
            call("custval_system_input", pointer, place, ctypes.byref(column))
            self._inputs.append(column.column.decode())
            if column.is_text:
                self._texts.add(self._inputs[-1])

    @classmethod
    def from_table(cls, data: Any) -> System:
        """Makes a system of a table with one row per item, as people write one in a spreadsheet.

        Args:
            data: a frame with columns of these: `side`, `dimension`, `dimension_label`, `dimension_weight`,
                `indicator`, `indicator_label`, `indicator_weight`, `item`, `item_label`, `item_weight`, `item_note`,
                `column`, `low`, `high`, `reversed` (1: a high answer means a low score), `missing_code`, `form`,
                `missing`, `out_of_scale`. A missing side, dimension or indicator is that of the row above; what is said
                of one in its first row need not be said again.

        Raises:
            NotFoundError: a column is none of these, or a word does not exist.
            ColumnTypeError: a cell holds a text where a number is needed, or the reverse.
            StructureError: a cell is missing, or the tree has a wrong shape.
            DuplicateError: rows contradict each other.

        >>> items = {"side": ["benefit", None], "dimension": ["product", None], "indicator": ["quality", None],
        ...          "column": ["q1", "q2"], "low": [1, 1], "high": [10, 5]}
        >>> System.from_table(items).score_row(q1=10, q2=3).value
        75.0
        """
        with table_of(data) as table:
            return cls._made("custval_system_from_table", None, table._handle)

    def close(self) -> None:
        """Gives up what the system holds; using it afterwards raises ValueError. May be called again."""
        super().close()
        self._row = threading.local()

    def __repr__(self) -> str:
        return f'<custval.System "{self.id}" of {lib.custval_system_nodes(self._handle)} nodes>'

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
        nodes: list[Node] = []
        node = struct("custval_node")
        for place in range(lib.custval_system_nodes(self._handle)):
            call("custval_system_node", self._handle, place, ctypes.byref(node))
            made = Node(
                id=node.id.decode(),
                kind=lib.custval_word(d.CUSTVAL_WORDS_KIND, node.kind).decode(),
                side=lib.custval_word(d.CUSTVAL_WORDS_SIDE, node.side).decode(),
                label=lib.custval_system_label(self._handle, place, b"en").decode(),
                parent=None if node.parent == d.CUSTVAL_NONE else nodes[node.parent].id,
                local_weight=node.local_weight,
                global_weight=node.global_weight,
            )
            nodes.append(made)
        return nodes

    def label(self, node: str, language: str = "en") -> str:
        """The label of a node in a language, or the best there is: else in English, else the first one, else the id.

        Args:
            node: its id.
            language: e.g. "zh".

        Raises:
            NotFoundError: there is no such node.
        """
        place = ctypes.c_uint32()
        call("custval_system_find", self._handle, text(node), ctypes.byref(place))
        return str(lib.custval_system_label(self._handle, place, text(language)).decode())

    @property
    def inputs(self) -> list[str]:
        """The columns that the system reads: those of items first, in the order of the tree."""
        return list(self._inputs)

    @property
    def texts(self) -> list[str]:
        """Those of `inputs` whose answers are texts, such as a class or the name of a profile."""
        return [name for name in self._inputs if name in self._texts]

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
        for place in range(lib.custval_system_frames(self._handle, kind)):
            call("custval_system_frame", self._handle, kind, place, ctypes.byref(frame))
            ids.append(frame.id.decode())
        return ids

    def weights(self, profile: str | None = None, context: str | None = None) -> dict[str, float]:
        """The share of each node among its siblings, by id; a group's shares add up to 1. Derived nodes are left out.

        Args:
            profile: id of the profile; None: the base weights.
            context: id of the context; None: none.

        Raises:
            NotFoundError: there is no such profile or context.
        """
        count = lib.custval_system_nodes(self._handle)
        local = (ctypes.c_double * count)()
        call("custval_system_weights", self._handle, text(profile), text(context), local, None)
        return {node.id: weight for node, weight in zip(self.nodes, local) if node.kind != "derived"}

    def tree(self, language: str = "en") -> str:
        """The tree with local and global weights as text, one node per line, for people.

        Args:
            language: of the labels.
        """
        return written(lambda *to: call("custval_system_text", self._handle, text(language), *to)).decode()

    def check(self, data: Any = None) -> Table:
        """Looks for what is allowed but probably not meant.

        Args:
            data: answers as for score(), to look for what they show as well, e.g. an item that works against its
                indicator; None: look at the system alone.

        Returns:
            A Table of one row per warning: `code`, `node`, `message`. Codes of the system: "column-twice",
            "not-highest", "weights-normalised", "zero-weight", "double-counting", "no-scale"; of the data: "direction",
            "out-of-scale", "no-answers", "constant".
        """
        if data is None:
            return Table._made("custval_system_check", self._handle, None)
        with self._read(data) as table:
            return Table._made("custval_system_check", self._handle, table._handle)

    # --- Another one

    def with_weights(self, weights: Mapping[str, float], profile: str | None = None) -> System:
        """A system with other weights for some nodes, of which the proportions among siblings count. This one stays.

        Args:
            weights: by id of the node, >= 0; other nodes keep theirs.
            profile: id of the profile to set them in; None: the base weights.

        Raises:
            NotFoundError: there is no such node or profile.
            WeightError: a weight is negative or not finite, or all of a group are 0.

        >>> system = System.loads('''{"custval": "system", "version": 1, "dimensions": [
        ...     {"id": "product", "side": "benefit", "indicators": [
        ...         {"id": "quality", "items": [{"column": "q1", "scale": [1, 10]}]},
        ...         {"id": "design", "items": [{"column": "q2", "scale": [1, 10]}]}]}]}''')
        >>> system.with_weights({"quality": 3, "design": 1}).score_row(q1=10, q2=1)["benefit"]
        75.0
        """
        from .builder import Builder

        with Builder.from_system(self) as builder:
            for node, weight in expected(Mapping, weights).items():
                builder.set_weight(node, weight, profile=profile)
            return builder.build()

    # --- Scoring

    def _read(self, data: Any, *more: str) -> AbstractContextManager[Table]:
        """The columns of data that the system reads."""
        return table_of(data, [*self._inputs, *more], texts=self._texts)

    def _on(self, kind: type[Made], function: str, data: Any, *arguments: Any, **options: Any) -> Made:
        """The table that a function of (system, table, arguments, options, out, error) makes."""
        with self._read(data) as table, scoring(**options) as made:
            return kind._made(function, self._handle, table._handle, *arguments, ctypes.byref(made))

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
            profile: use this one for every row, whatever its column says.
            context: likewise.
            progress: True shows a bar (with tqdm); a function is called with (done, total).

        Returns:
            The same kind of frame, one row per row in the same order (pandas keeps its index): scores on 0..100
            (value by its form), NaN where a row has none, and `status`, 0 or bits (see status_words()).

        Raises:
            NotFoundError: a column, profile or context is missing.
            ColumnTypeError: a column holds texts where numbers are needed, or the reverse.
        """
        options = {"levels": levels, "coverage": coverage, "as_of": as_of, "profile": profile, "context": context}
        return give_back(data)(self._on(Table, "custval_score", data, progress=progress, **options))

    def score_row(self, answers: Mapping[str, Any] | None = None, /, **more: Any) -> Scores:
        """Scores one row. What is not given is missing.

        Args:
            answers: a mapping of columns to answers; other keys are ignored.
            **more: answers as keywords, which come before those of the mapping; other names than `inputs` are refused.

        Raises:
            TypeError: a keyword is no column that the system reads, or an answer is of the wrong type.
        """
        self._handle  # noqa: B018 - a closed system scores nothing
        scorer: _RowScorer | None = getattr(self._row, "scorer", None)
        if scorer is None or scorer.is_stale:
            scorer = self._row.scorer = _RowScorer(self)
        return scorer.score({} if answers is None else expected(Mapping, answers), more)

    def score_stream(self, data: Any, **options: Any) -> Stream:
        """Scores what does not fit into memory: a stream that reads a piece of the data whenever it is read.

        To read the result, e.g. ``pyarrow.RecordBatchReader.from_stream(system.score_stream(reader))``.

        Args:
            data: anything with __arrow_c_stream__.
            **options: of score(): levels, coverage, as_of, profile, context.

        Raises:
            TypeError: data are no Arrow stream.
        """
        return Stream(self, data, options)

    def reason(self, data: Any, row: int, **options: Any) -> str:
        """Says in one line what is wrong with a row: column, value, and what was expected; "" if nothing is.

        Args:
            data: as for score().
            row: its index, from 0.
            **options: of score(): as_of, profile, context.
        """
        with self._read(data) as table, scoring(**options) as made:
            buffer = ctypes.create_string_buffer(4096)
            arguments = self._handle, table._handle, index(row), ctypes.byref(made)
            call("custval_row_reason", *arguments, buffer, len(buffer))
        return buffer.value.decode("utf-8", "ignore")

    # --- Why. Options are those of score(), and `language` of the labels.

    def explain(self, data: Any, row: int, **options: Any) -> Explanation:
        """Splits the value of a row into parts that add up exactly; print() shows a tree, a notebook a picture.

        Args:
            data: as for score().
            row: its index, from 0.
            **options: of score(): as_of, profile, context; and `language` of the labels.

        Returns:
            An Explanation. A row without a value is explained as far as it goes.

        Raises:
            ArgumentError: there is no such row.
        """
        return self._on(Explanation, "custval_explain", data, index(row), **options)

    def change(self, before: Any, row_before: int, after: Any, row_after: int, **options: Any) -> Table:
        """Splits the change of value between two rows exactly into what the scores and what the weights did.

        Args:
            before: data with the first row, as for score().
            row_before: its index, from 0.
            after: data with the second row; may be the same.
            row_after: its index, from 0.
            **options: of score(), for both rows: as_of, profile, context; and `language` of the labels.

        Returns:
            A Table of one row per node, then the steps that applied: `node`, `label`, `kind`, `depth`, `score_before`,
            `score_after`, `effective_before`, `effective_after`, `score_part`, `weight_part`, `change`, `is_part`,
            `unit`. The changes of the parts add up to the difference of the values (unit "log": of their logarithms).

        Raises:
            StateError: one of the rows has no value.
        """
        with self._read(before) as first, self._read(after) as second, scoring(**options) as made:
            rows = first._handle, index(row_before), second._handle, index(row_after)
            return Table._made("custval_explain_change", self._handle, *rows, ctypes.byref(made))

    def levers(self, data: Any, row: int | None = None, **options: Any) -> Table:
        """What one point of each indicator is worth to a row, or on average to all rows.

        An indicator improves when its score rises on the benefit side, or falls on the sacrifice side.

        Args:
            data: as for score().
            row: its index, from 0; None: the mean over all rows that have a value.
            **options: of score(): as_of, profile, context, progress; and `language` of the labels.

        Returns:
            A Table of one row per indicator: `node`, `label`, `side`, `score`, `gain` (of value, by one point), `room`
            (points left), `potential` (gain of all the room), `cost` (of a point), `gain_per_cost`, `rows` (how many
            these come from).

        Raises:
            StateError: the row, or every row, has no value.
        """
        which = d.CUSTVAL_ALL_ROWS if row is None else index(row)
        return self._on(Table, "custval_levers", data, which, **options)

    def target(self, data: Any, row: int, value: float, **options: Any) -> Table:
        """The cheapest way to bring a row to a value. Indicators cost what they declare; if none does, 1 per point.

        Args:
            data: as for score().
            row: its index, from 0.
            value: the value wanted, after gates.
            **options: of score(): as_of, profile, context; and `language` of the labels.

        Returns:
            A Table of one row per indicator: `node`, `label`, `side`, `from`, `to` (scores), `points`, `cost` (of these
            points), `gain` (of value, before gates).

        Raises:
            RangeError: the value is out of reach; the message says how far it goes.
            UnsupportedError: the value is not linear in the indicators.
            StateError: the row has no value, or it is overridden.
        """
        return self._on(Table, "custval_target", data, index(row), number(value), **options)

    def flip(self, data: Any, row_a: int, row_b: int, **options: Any) -> Table:
        """The weights at which two rows draw level. Each weight is varied alone, its siblings keep their proportions.

        Args:
            data: as for score().
            row_a: index of one row, from 0.
            row_b: index of the other. Both are scored with the weights of row a.
            **options: of score(): as_of, profile, context; and `language` of the labels.

        Returns:
            A Table of one row per node with siblings: `node`, `label`, `kind`, `weight` (its share now), `flip` (the
            nearest share at which the values are equal; missing if there is none), `distance` between the two, `lead`
            (value of a minus value of b now).

        Raises:
            StateError: one of the rows has no value.
        """
        return self._on(Table, "custval_flip", data, index(row_a), index(row_b), **options)

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
        """Compares offers, one a row: ranks, margins, choice shares. With own, one against its rivals by indicator.

        Args:
            data: the offers, as for score().
            own: index of one offer, from 0, to be compared with its rivals by indicator; None: compare all with all.
            price: column with the price of each offer, above 0; None: no prices.
            choice_scale: mu of the choice share exp(mu value) / sum of all, per point of value, >= 0.
            quality_weight: of quality in `value_index`, of which the proportion to price_weight counts.
            price_weight: of price in `value_index`.
            **options: of score(): as_of, profile, context, progress; and `language` of the labels.

        Returns:
            The same kind of frame, one row per offer: `value`, `benefit`, `sacrifice`, `status`, `rank`, `margin` (to
            the best other value), `relative_value` (to the best other), `choice_share`, `copeland` (offers beaten minus
            lost to), `quality_ratio` (to the mean of the others); with price `price_ratio`, `quality_per_price`,
            `value_index`. With own, a Table of one row per indicator: `node`, `label`, `side`, `weight` (global), `own`
            (score), `rivals` (mean score), `ratio`, `lead` (over the best rival, in value), `spread` (deviation between
            offers), `determinance` (weight x spread).

        Raises:
            NotFoundError: a column is missing.
            ArgumentError: there is no offer, or no offer `own`.
            RangeError: a price is not above 0, or an option is out of its range.
            StateError: with own, it or every rival has no value.
        """
        with self._read(data, *([] if price is None else [price])) as table, scoring(**options) as score:
            made = struct(
                "custval_compare_options",
                score=score,
                price_column=price,
                choice_scale=choice_scale,
                quality_weight=quality_weight,
                price_weight=price_weight,
            )
            arguments = self._handle, table._handle
            if own is not None:
                return Table._made("custval_compare_indicators", *arguments, index(own), ctypes.byref(made))
            return give_back(data)(Table._made("custval_compare", *arguments, ctypes.byref(made)))


class Stream:
    """A stream of scores, to be read once by something that speaks Arrow; it scores in the thread that reads it.

    System.score_stream() makes it from its `system`, `data` and `options`. An error reaches whoever reads.
    """

    def __init__(self, system: System, data: Any, options: dict[str, Any]) -> None:
        if not hasattr(data, "__arrow_c_stream__"):
            raise TypeError(f"a {type(data).__name__} is no Arrow stream")
        self._stream: Any = d.ArrowArrayStream()
        held = data.__arrow_c_stream__()
        source = _arrow.shown(held, b"arrow_array_stream", d.ArrowArrayStream)
        with scoring(**options) as made:
            made.host = None  # the stream outlives whatever is lent
            call("custval_score_stream", system._handle, source, ctypes.byref(made), ctypes.byref(self._stream))

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        if self._stream is None:
            raise ValueError("this stream has been read")
        stream, self._stream = self._stream, None
        return _arrow.capsule(stream, b"arrow_array_stream")

    def __del__(self) -> None:
        stream = getattr(self, "_stream", None)
        if stream is not None and stream.release:
            stream.release(stream)


class _RowScorer(Handle):
    """Scores single rows again and again without allocating in the library."""

    _free = "custval_scorer_free"
    __slots__ = ("_doubles", "_expires", "_inputs", "_names", "_scores", "_texts")

    def __init__(self, system: System) -> None:
        out = new(d.custval_scorer)
        with scoring() as made:
            made.host = None  # one row needs neither threads nor progress
            call("custval_scorer_new", system._handle, ctypes.byref(made), ctypes.byref(out))
        self._own(out)
        # Judgements that replace scores expire, so that scorers of a system with some serve for a day.
        self._expires = datetime.date.today() if lib.custval_system_overrides(system._handle) else None
        count = lib.custval_scorer_columns(out)
        self._names = [lib.custval_scorer_column_name(out, place).decode() for place in range(count)]
        self._inputs = {name: name in system._texts for name in system._inputs}
        self._texts: Any = d.custval_text * len(self._inputs) if system._texts else None
        self._doubles = ctypes.c_double * len(self._inputs)
        self._scores = ctypes.c_double * count

    @property
    def is_stale(self) -> bool:
        return self._expires is not None and self._expires != datetime.date.today()

    def score(self, answers: Mapping[str, Any], more: Mapping[str, Any]) -> Scores:
        if more:
            unknown = more.keys() - self._inputs.keys()
            if unknown:
                raise TypeError(
                    f"the system reads no column {min(unknown)!r}; its columns are {', '.join(self._inputs)}"
                )
            answers = {**answers, **more}
        get = answers.get
        numbers = self._doubles(*[_NAN if is_text else number(get(name)) for name, is_text in self._inputs.items()])
        texts, kept = None, []
        if self._texts is not None:
            kept = [_words(get(name)) if is_text else None for name, is_text in self._inputs.items()]
            texts = self._texts(*[(_address(words), len(words or b"")) for words in kept])
        scores, status = self._scores(), ctypes.c_uint32()
        if lib.custval_scorer_row(self._handle, numbers, texts, scores, ctypes.byref(status)) != d.CUSTVAL_OK:
            raise RuntimeError("the row could not be scored")
        return Scores(dict(zip(self._names, scores)), status.value)


_NAN = float("nan")


def _words(answer: Any) -> bytes | None:
    """The text of an answer; a whole number has one, as in a column of integers."""
    if is_missing(answer):
        return None
    if isinstance(answer, str):
        return answer.encode()
    try:
        return str(operator.index(answer)).encode()
    except TypeError:
        raise TypeError(f"a text is needed, not {answer!r}") from None


def _address(words: bytes | None) -> int | None:
    return None if words is None else bytes_at(words)
