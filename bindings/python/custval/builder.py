"""Building a system step by step, or from one that exists."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from . import _declarations as d
from ._handle import Handle
from ._library import call, doubles, struct, text, texts, word_value
from ._options import Date, date_of
from .system import System

Self = TypeVar("Self", bound="Builder")



class Builder(Handle):
    """A system in the making. Every call returns the builder, so that calls can be chained.

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
        """Begins a system with its policies; words and defaults are those of the system document."""
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
        out = ctypes.POINTER(d.custval_builder)()
        call("custval_builder_new", None, ctypes.byref(spec), ctypes.byref(out))
        self._own(out)

    @classmethod
    def from_system(cls, system: System) -> Builder:
        """Begins with everything that a system has."""
        made = cls.__new__(cls)
        out = ctypes.POINTER(d.custval_builder)()
        call("custval_builder_new_from", None, system._handle, ctypes.byref(out))
        made._own(out)
        return made

    def _labels(self, node: str, label: Any) -> None:
        labels = {"en": label} if isinstance(label, str) else label or {}
        for language, words in labels.items():
            call("custval_builder_label", self._handle, text(node), text(language), text(words))

    def label(self: Self, node: str, label: Any) -> Self:
        """Gives a node an English label, or labels by language; the node "value" is the system itself."""
        self._labels(node, label)
        return self

    def side(self: Self, side: str, *, label: Any = None, **spec: Any) -> Self:
        """Sets weight (index form), aggregator, exponent, coverage_floor or note of "benefit" or "sacrifice"."""
        made = struct("custval_node_spec", **spec)
        call("custval_builder_side", self._handle, _side(side), ctypes.byref(made))
        self._labels(side, label)
        return self

    def dimension(self: Self, side: str, id: str, *, label: Any = None, **spec: Any) -> Self:
        """Adds a dimension to a side: weight, aggregator, exponent, coverage_floor, weight_column, note."""
        made = struct("custval_node_spec", id=id, **spec)
        call("custval_builder_dimension", self._handle, _side(side), ctypes.byref(made))
        self._labels(id, label)
        return self

    def indicator(self: Self, dimension: str, id: str, *, label: Any = None, **spec: Any) -> Self:
        """Adds an indicator to a dimension: as a dimension, and tag ("pay", "do", "learn") and cost of a point."""
        made = struct("custval_node_spec", id=id, **spec)
        call("custval_builder_indicator", self._handle, text(dimension), ctypes.byref(made))
        self._labels(id, label)
        return self

    def item(
        self: Self,
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
        label: Any = None,
        note: str | None = None,
    ) -> Self:
        """Adds an observed column to an indicator.

        Args:
            scale: lowest and highest valid answer.
            reversed: a high answer means a low score.
            missing_codes: answers that mean "no answer", e.g. 98 and 99.
            curve: "linear", "log", "logistic", "piecewise", "prospect"; None: the scale, or what points or categories say.
            parameters: of the curve.
            points: (answer, score) of a piecewise curve.
            categories: score of each text or number.
        """
        codes = doubles(missing_codes)
        made = struct(
            "custval_item_spec",
            id=id,
            column=column,
            note=note,
            missing_codes=codes,
            missing_code_count=len(codes),
            curve=_curve(curve, parameters, list(points), categories),
            reversed=int(reversed),
            out_of_scale=out_of_scale,
            has_expectation=int(expectation is not None),
            scale_min=None if scale is None else scale[0],
            scale_max=None if scale is None else scale[1],
            weight=weight,
            expectation=expectation,
        )
        call("custval_builder_item", self._handle, text(indicator), ctypes.byref(made))
        if label is not None:
            self._labels(id or column, label)
        return self

    def derived(self: Self, id: str, parts: Mapping[str, float], *, label: Any = None, **spec: Any) -> Self:
        """Adds a node that is computed from others and reported, but never part of the value."""
        made = struct("custval_node_spec", id=id, **spec)
        call("custval_builder_derived", self._handle, ctypes.byref(made))
        for node, weight in parts.items():
            call("custval_builder_derived_part", self._handle, text(id), text(node), weight)
        self._labels(id, label)
        return self

    def profile(self: Self, id: str, weights: Mapping[str, float] | None = None, *, note: str | None = None) -> Self:
        """Adds other weights for a kind of customer."""
        call("custval_builder_profile", self._handle, text(id), text(note))
        for node, weight in (weights or {}).items():
            call("custval_builder_profile_weight", self._handle, text(id), text(node), weight)
        return self

    def context(
        self: Self,
        id: str,
        weights: Mapping[str, float] | None = None,
        expectations: Mapping[str, float] | None = None,
        *,
        note: str | None = None,
    ) -> Self:
        """Adds a frame of reference with its own weights or expectations."""
        call("custval_builder_context", self._handle, text(id), text(note))
        for node, weight in (weights or {}).items():
            call("custval_builder_context_weight", self._handle, text(id), text(node), weight)
        for item, expected in (expectations or {}).items():
            call("custval_builder_context_expectation", self._handle, text(id), text(item), expected)
        return self

    def gate(
        self: Self,
        node: str,
        *,
        cap: float,
        below: float | None = None,
        above: float | None = None,
        note: str | None = None,
    ) -> Self:
        """Caps the value while a node's score is below (or above) a threshold."""
        if (below is None) == (above is None):
            raise TypeError("a gate has either `below` or `above`")
        threshold = above if below is None else below
        made = struct(
            "custval_gate_spec",
            node=node,
            note=note,
            type="above" if below is None else "below",
            threshold=threshold,
            cap=cap,
        )
        call("custval_builder_gate", self._handle, ctypes.byref(made))
        return self

    def override(
        self: Self, key: str, score: float, *, author: str, reason: str, expires: Date, node: str | None = None
    ) -> Self:
        """Puts a person's judgement in place of a score, for one customer, until it expires."""
        made = struct(
            "custval_override_spec",
            node=node,
            key=key,
            author=author,
            reason=reason,
            expires=date_of(expires),
            score=score,
        )
        call("custval_builder_override", self._handle, ctypes.byref(made))
        return self

    def highest(self: Self, node: str) -> Self:
        """Demands that a node's weight is not below any sibling's; System.check() warns where it is."""
        call("custval_builder_highest", self._handle, text(node))
        return self

    def set_weight(self: Self, node: str, weight: float, *, profile: str | None = None) -> Self:
        """Sets the weight of a node in place of the one it has."""
        call("custval_builder_set_weight", self._handle, text(profile), text(node), weight)
        return self

    def set_scale(self: Self, item: str, low: float, high: float) -> Self:
        """Sets the scale of an item in place of the one it has; its curve becomes the scale."""
        call("custval_builder_set_scale", self._handle, text(item), low, high, None)
        return self

    def origin(
        self: Self,
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
        """Records where the weights of a node's children, or (of="scale") the scale of an item, come from."""
        numbers = diagnostics or {}
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
        call("custval_builder_origin", self._handle, ctypes.byref(made))
        return self

    def build(self) -> System:
        """The system; the builder can go on and build another."""
        out = ctypes.POINTER(d.custval_system)()
        call("custval_builder_build", self._handle, ctypes.byref(out))
        return System._of(out)


def _side(word: str) -> int:
    return word_value(d.CUSTVAL_WORDS_SIDE, word)


def _curve(
    curve: str | None, parameters: Iterable[float], points: list[tuple[float, float]], categories: Mapping[Any, float] | None
) -> Any:
    numbers = list(parameters)
    if curve is None and not points and categories is None:
        return None
    if categories is not None:
        scores = doubles(categories.values())
        are_texts = any(isinstance(name, str) for name in categories)
        return struct(
            "custval_curve",
            type="table",
            count=len(categories),
            y=scores,
            categories=texts(categories) if are_texts else None,
            x=None if are_texts else doubles(categories),
        )
    if points:
        return struct(
            "custval_curve",
            type=curve or "piecewise",
            count=len(points),
            x=doubles(point[0] for point in points),
            y=doubles(point[1] for point in points),
        )
    return struct("custval_curve", type=curve, parameters=(ctypes.c_double * 3)(*numbers))
