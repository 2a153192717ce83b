"""Building a system step by step, or from one that exists."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Union

from . import _declarations as d
from ._handle import Mutable, expected
from ._library import call, doubles, new, number, struct, text, texts, word_value
from ._options import Date, date_of
from .system import System

if TYPE_CHECKING:
    from typing_extensions import Self

#: A label in English, or labels by language.
Label = Union[str, Mapping[str, str], None]


class Builder(Mutable):
    """A system in the making. Every call returns the builder, so that calls can be chained.

    Each call raises what it finds: NotFoundError for a node that was not added before, DuplicateError for an id that is
    taken, WeightError, RangeError and NotFiniteError for numbers, StructureError for what does not fit into the tree.

    >>> system = (Builder("coffee")
    ...     .dimension("benefit", "product").indicator("product", "taste").item("taste", "q1", scale=(1, 10))
    ...     .dimension("sacrifice", "money").indicator("money", "price").item("price", "q2", scale=(1, 10))
    ...     .build())
    >>> system.score_row(q1=10, q2=1).value
    100.0
    """

    _free = "custval_builder_free"
    __slots__ = ()

    def __init__(
        self,
        id: str = "system",
        *,
        form: str | None = None,
        aggregator: str | None = None,
        missing: str | None = None,
        out_of_scale: str | None = None,
        exponent: float | None = None,
        neutral: float | None = None,
        coverage_floor: float | None = None,
        profile_column: str | None = None,
        context_column: str | None = None,
        override_column: str | None = None,
        note: str | None = None,
    ) -> None:
        """Begins a system with its policies; words are those of the system document.

        Args:
            id: name of the system.
            form: how the value comes from benefit B and sacrifice S: "difference" (B - S, on -100..100; the default),
                "index" (weighted aggregate of B and 100 - S, on 0..100) or "ratio" (B / S).
            aggregator: of the index form: "mean" (the default), "geometric", "harmonic", "minimum" or "power".
            missing: what happens to an unanswered item: "nested" (left out, level by level; the default), "flat" (left
                out of the whole node), "neutral", "worst" or "reject".
            out_of_scale: what happens to an answer outside its scale: "reject" (the row has no scores; the default),
                "missing" or "clamp".
            exponent: of the aggregator "power": 0.001 to 50, or the negative.
            neutral: score of an unanswered item with missing="neutral"; None: 50.
            coverage_floor: share of a node's weight that must be answered, 0 to 1; with less it has no score. None: 0.
            profile_column: column that names the profile of a row; None: none.
            context_column: column that names the context of a row; None: none.
            override_column: column that identifies customers for override(); None: none.
            note: free text.
        """
        spec = struct(
            "custval_system_spec",
            id=id,
            note=note,
            profile_column=profile_column,
            context_column=context_column,
            override_column=override_column,
            form=form,
            aggregator=aggregator,
            missing=missing,
            out_of_scale=out_of_scale,
            exponent=exponent,
            neutral=neutral,
            coverage_floor=coverage_floor,
        )
        out = new(d.custval_builder)
        call("custval_builder_new", None, ctypes.byref(spec), ctypes.byref(out))
        self._own(out)

    @classmethod
    def from_system(cls, system: System) -> Builder:
        """Begins with everything that a system has; building at once gives an equal one.

        Args:
            system: it stays as it is.
        """
        made = cls.__new__(cls)
        out = new(d.custval_builder)
        call("custval_builder_new_from", None, expected(System, system)._handle, ctypes.byref(out))
        made._own(out)
        return made

    def _labels(self, function: str, id: str, label: Label) -> None:
        labels = {"en": label} if isinstance(label, str) else label or {}
        for language, words in expected(Mapping, labels).items():
            self._call(function, text(id), text(language), text(words))

    def label(self, node: str, label: Label) -> Self:
        """Gives a node a label, in place of one that it has in the same language.

        Args:
            node: id of a node added before, "benefit", "sacrifice", or "value", which is the system itself.
            label: in English, or a mapping of languages, e.g. "zh", to labels.
        """
        self._labels("custval_builder_label", node, label)
        return self

    def side(
        self,
        side: str,
        *,
        weight: float | None = None,
        aggregator: str | None = None,
        exponent: float | None = None,
        coverage_floor: float | None = None,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Says more of a side.

        Args:
            side: "benefit" or "sacrifice".
            weight: of the side in the index form, >= 0; None: 1.
            aggregator: how its dimensions are added up, as in dimension().
            exponent: of the aggregator "power".
            coverage_floor: share of the weight that must be answered, 0 to 1; None: that of the system.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        made = struct(
            "custval_node_spec",
            weight=weight,
            aggregator=aggregator,
            exponent=exponent,
            coverage_floor=coverage_floor,
            note=note,
        )
        self._call("custval_builder_side", _side(side), ctypes.byref(made))
        self._labels("custval_builder_label", side, label)
        return self

    def dimension(
        self,
        side: str,
        id: str,
        *,
        weight: float | None = None,
        weight_column: str | None = None,
        aggregator: str | None = None,
        exponent: float | None = None,
        coverage_floor: float | None = None,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds a dimension to a side.

        Args:
            side: "benefit" or "sacrifice".
            id: unique in the system.
            weight: importance among its siblings, >= 0, in any unit; None: 1.
            weight_column: column with each customer's own importance; all siblings have one, or none has.
            aggregator: how its children are added up: "mean" (the default), "geometric", "harmonic", "minimum" or
                "power".
            exponent: of the aggregator "power": 0.001 to 50, or the negative.
            coverage_floor: share of the weight that must be answered, 0 to 1; None: that of the system.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        made = struct(
            "custval_node_spec",
            id=id,
            weight=weight,
            weight_column=weight_column,
            aggregator=aggregator,
            exponent=exponent,
            coverage_floor=coverage_floor,
            note=note,
        )
        self._call("custval_builder_dimension", _side(side), ctypes.byref(made))
        self._labels("custval_builder_label", id, label)
        return self

    def indicator(
        self,
        dimension: str,
        id: str,
        *,
        weight: float | None = None,
        weight_column: str | None = None,
        aggregator: str | None = None,
        exponent: float | None = None,
        coverage_floor: float | None = None,
        tag: str | None = None,
        cost: float | None = None,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds an indicator to a dimension.

        Args:
            dimension: id of a dimension added before.
            id: unique in the system.
            weight: importance among its siblings, >= 0, in any unit; None: 1.
            weight_column: column with each customer's own importance; all siblings have one, or none has.
            aggregator: how its items are added up, as in dimension().
            exponent: of the aggregator "power".
            coverage_floor: share of the weight that must be answered, 0 to 1; None: that of the system.
            tag: what kind of sacrifice it is: "pay", "do" or "learn"; None: none. Sacrifices only.
            cost: money for one point of improvement, for System.levers() and System.target(); None: not known.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        made = struct(
            "custval_node_spec",
            id=id,
            weight=weight,
            weight_column=weight_column,
            aggregator=aggregator,
            exponent=exponent,
            coverage_floor=coverage_floor,
            tag=tag,
            cost=cost,
            note=note,
        )
        self._call("custval_builder_indicator", text(dimension), ctypes.byref(made))
        self._labels("custval_builder_label", id, label)
        return self

    def item(
        self,
        indicator: str,
        column: str,
        *,
        scale: tuple[float, float] | None = None,
        id: str | None = None,
        reversed: bool = False,
        weight: float = 1.0,
        missing_codes: Iterable[float] = (),
        out_of_scale: str | None = None,
        expectation: float | None = None,
        curve: str | None = None,
        parameters: Iterable[float] = (),
        points: Iterable[tuple[float, float]] = (),
        categories: Mapping[Any, float] | None = None,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds an observed column to an indicator.

        Args:
            indicator: id of an indicator added before.
            column: name of the column.
            scale: lowest and highest valid answer; None: none is declared, so that a curve must do without.
            id: unique in the system; None: the column, or "indicator.column" if that is taken.
            reversed: a high answer means a low score.
            weight: importance among the items of the indicator, >= 0.
            missing_codes: answers that mean "no answer", e.g. 98 and 99.
            out_of_scale: "reject", "missing" or "clamp" for this item; None: as the system.
            expectation: the answer that a customer expects (curve "prospect").
            curve: "linear", "log", "logistic", "piecewise" or "prospect"; None: what scale, points or categories say.
            parameters: of the curve, at most 3: "linear" a, b of a + b x; "logistic" middle, steepness; "prospect"
                alpha, beta, lambda.
            points: (answer, score) of a piecewise curve, answers ascending.
            categories: score of each text or number.
            label: in English, or a mapping of languages to labels.
            note: free text, e.g. the question asked.

        Raises:
            ValueError: the curve has more than 3 parameters.
        """
        codes = doubles(missing_codes)
        low, high = (None, None) if scale is None else scale
        made = struct(
            "custval_item_spec",
            # Whoever gives a label means this item, and no other that has the column's name as its id.
            id=column if id is None and label is not None else id,
            column=column,
            note=note,
            missing_codes=codes,
            missing_code_count=len(codes),
            curve=_curve(curve, parameters, points, categories),
            reversed=int(reversed),
            out_of_scale=out_of_scale,
            has_expectation=int(expectation is not None),
            scale_min=low,
            scale_max=high,
            weight=weight,
            expectation=expectation,
        )
        self._call("custval_builder_item", text(indicator), ctypes.byref(made))
        self._labels("custval_builder_label", id or column, label)
        return self

    def derived(
        self,
        id: str,
        parts: Mapping[str, float],
        *,
        aggregator: str | None = None,
        exponent: float | None = None,
        coverage_floor: float | None = None,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds a node that is computed from others and reported, but never part of the value.

        Args:
            id: unique in the system.
            parts: weight, >= 0, of each side, dimension or indicator that it is computed from.
            aggregator: how the parts are added up, as in dimension().
            exponent: of the aggregator "power".
            coverage_floor: share of the weight that must be answered, 0 to 1; None: that of the system.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        made = struct(
            "custval_node_spec",
            id=id,
            aggregator=aggregator,
            exponent=exponent,
            coverage_floor=coverage_floor,
            note=note,
        )
        self._call("custval_builder_derived", ctypes.byref(made))
        for node, weight in expected(Mapping, parts).items():
            self._call("custval_builder_derived_part", text(id), text(node), number(weight))
        self._labels("custval_builder_label", id, label)
        return self

    def profile(
        self,
        id: str,
        weights: Mapping[str, float] | None = None,
        *,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds other weights for a kind of customer.

        Args:
            id: unique among profiles; what the profile column holds.
            weights: >= 0, by id of the node; nodes not named keep theirs.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        self._call("custval_builder_profile", text(id), text(note))
        for node, weight in expected(Mapping, weights or {}).items():
            self._call("custval_builder_profile_weight", text(id), text(node), number(weight))
        self._labels("custval_builder_profile_label", id, label)
        return self

    def context(
        self,
        id: str,
        weights: Mapping[str, float] | None = None,
        expectations: Mapping[str, float] | None = None,
        *,
        label: Label = None,
        note: str | None = None,
    ) -> Self:
        """Adds a frame of reference, such as a place or an occasion. Its weights come after those of a profile.

        Args:
            id: unique among contexts; what the context column holds.
            weights: >= 0, by id of the node; nodes not named keep theirs.
            expectations: by id of the item, what customers expect of it, on its scale.
            label: in English, or a mapping of languages to labels.
            note: free text.
        """
        self._call("custval_builder_context", text(id), text(note))
        for node, weight in expected(Mapping, weights or {}).items():
            self._call("custval_builder_context_weight", text(id), text(node), number(weight))
        for item, answer in expected(Mapping, expectations or {}).items():
            self._call("custval_builder_context_expectation", text(id), text(item), number(answer))
        self._labels("custval_builder_context_label", id, label)
        return self

    def gate(
        self,
        node: str,
        *,
        cap: float,
        below: float | None = None,
        above: float | None = None,
        note: str | None = None,
    ) -> Self:
        """Caps the value while a node's score is below (or above) a threshold; gates apply in the order of the calls.

        Args:
            node: id of a side, dimension, indicator or derived node.
            cap: the largest value while the gate is closed.
            below: threshold; a score below it closes the gate.
            above: threshold; a score above it closes the gate. One of both is needed.
            note: why.

        Raises:
            TypeError: both thresholds are given, or none.
        """
        if (below is None) == (above is None):
            raise TypeError("a gate has either `below` or `above`")
        made = struct(
            "custval_gate_spec",
            node=node,
            note=note,
            type="above" if below is None else "below",
            threshold=above if below is None else below,
            cap=cap,
        )
        self._call("custval_builder_gate", ctypes.byref(made))
        return self

    def relief(self, node: str, *, by: str, share: float, note: str | None = None) -> Self:
        """Lets a benefit make a sacrifice weigh less: score x (1 - share x score of the benefit / 100).

        Args:
            node: id of a dimension or indicator of the sacrifice side.
            by: id of the benefit side, or of a dimension or indicator of it.
            share: what is taken away where the benefit is 100, 0..1.
            note: why.

        Raises:
            StructureError: a node is on the wrong side.
            RangeError: the share is not from 0 to 1.
        """
        made = struct("custval_relief_spec", node=node, by=by, share=share, note=note)
        self._call("custval_builder_relief", ctypes.byref(made))
        return self

    def override(
        self, key: str, score: float, *, author: str, reason: str, expires: Date, node: str | None = None
    ) -> Self:
        """Puts a person's judgement in place of a score, for one customer, until it expires.

        Args:
            key: what the override column holds in that customer's row.
            score: the judged score.
            author: who judged.
            reason: why.
            expires: date from which it no longer holds, as a date or ISO text.
            node: id of a side, dimension or indicator; None: the value.
        """
        made = struct(
            "custval_override_spec",
            node=node,
            key=key,
            author=author,
            reason=reason,
            expires=date_of(expires),
            score=score,
        )
        self._call("custval_builder_override", ctypes.byref(made))
        return self

    def highest(self, node: str) -> Self:
        """Demands that a node's weight is not below any sibling's; System.check() warns where it is.

        Args:
            node: id of a dimension or indicator added before.
        """
        self._call("custval_builder_highest", text(node))
        return self

    def set_weight(self, node: str, weight: float, *, profile: str | None = None) -> Self:
        """Sets the weight of a node in place of the one it has, and forgets where those of its group came from.

        Args:
            node: id of a side, dimension, indicator or item added before.
            weight: >= 0, in the unit of its siblings.
            profile: id of the profile to set it in; None: the base weight.
        """
        self._call("custval_builder_set_weight", text(profile), text(node), number(weight))
        return self

    def set_scale(
        self,
        item: str,
        low: float,
        high: float,
        *,
        curve: str | None = None,
        parameters: Iterable[float] = (),
        points: Iterable[tuple[float, float]] = (),
    ) -> Self:
        """Sets the scale and the curve of an item in place of those it has, and forgets where they came from.

        Args:
            item: id of an item added before, without categories.
            low: lowest valid answer.
            high: highest valid answer.
            curve: as in item(); None: what the scale or the points say.
            parameters: of the curve, as in item().
            points: (answer, score) of a piecewise curve.
        """
        made = _curve(curve, parameters, points, None)
        arguments = number(low), number(high), None if made is None else ctypes.byref(made)
        self._call("custval_builder_set_scale", text(item), *arguments)
        return self

    def origin(
        self,
        node: str,
        method: str,
        *,
        of: str = "weights",
        profile: str | None = None,
        source: str | None = None,
        sample: int = 0,
        date: Date = None,
        note: str | None = None,
        diagnostics: Mapping[str, float] | None = None,
    ) -> Self:
        """Records where weights or a scale come from, in place of what was recorded of the same before.

        Args:
            node: id of the parent of the weights; of a scale, of its item.
            method: e.g. "ahp-eigenvector".
            of: "weights" or "scale".
            profile: id of the profile that has the weights; None: the base weights.
            source: who or what they come from.
            sample: number of judges or rows; 0: not said.
            date: a date or ISO text.
            note: free text.
            diagnostics: named numbers about the method, e.g. {"cr": 0.03}.
        """
        numbers = expected(Mapping, diagnostics or {})
        made = struct(
            "custval_origin_spec",
            node=node,
            profile=profile,
            method=method,
            source=source,
            date=date_of(date),
            note=note,
            diagnostic_names=texts(numbers),
            diagnostic_values=doubles(numbers.values()),
            diagnostic_count=len(numbers),
            sample=sample,
            origin=of,
        )
        self._call("custval_builder_origin", ctypes.byref(made))
        return self

    def build(self) -> System:
        """Checks the whole and makes the system; the builder can go on and build another.

        Raises:
            StructureError: the tree is not complete, e.g. an indicator without an item.
            WeightError: all weights of a group are 0.
        """
        with self._lock:
            return System._made("custval_builder_build", self._handle)


def _side(word: str) -> int:
    return word_value(d.CUSTVAL_WORDS_SIDE, word)


def _curve(
    curve: str | None,
    parameters: Iterable[float],
    points: Iterable[tuple[float, float]],
    categories: Mapping[Any, float] | None,
) -> Any:
    numbers, places = doubles(parameters), list(points)
    if categories is not None:
        are_texts = any(isinstance(name, str) for name in categories)
        return struct(
            "custval_curve",
            type=curve or "table",
            count=len(categories),
            y=doubles(expected(Mapping, categories).values()),
            categories=texts(categories) if are_texts else None,
            x=None if are_texts else doubles(categories),
        )
    if places:
        return struct(
            "custval_curve",
            type=curve or "piecewise",
            count=len(places),
            x=doubles(answer for answer, _ in places),
            y=doubles(score for _, score in places),
        )
    if curve is None and not len(numbers):
        return None
    if len(numbers) > 3:
        raise ValueError(f"a curve has at most 3 parameters, not {len(numbers)}")
    return struct("custval_curve", type=curve, parameters=(ctypes.c_double * 3)(*numbers))
