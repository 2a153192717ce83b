# Scores computed another way: exact fractions, node by node, straight from the formulas of docs/numerics.md.
# It knows means, all forms, missing codes, re-weighting and gates, which is what the shipped examples use.
# SPDX-License-Identifier: Apache-2.0
from fractions import Fraction

SIDES = ('benefit', 'sacrifice')


class OutOfScale(Exception):
    pass


def exact(number):
    """The double that a JSON or CSV number stands for."""
    return Fraction(float(number))


def answer_score(item, text):
    """Score of a cell, or None if it is no answer."""
    if text is None or text.strip() == '':
        return None
    answer = exact(text)
    if answer in [exact(code) for code in item.get('missing_codes', [])]:
        return None
    low, high = map(exact, item['scale'])
    if not low <= answer <= high:
        raise OutOfScale(item['column'])
    score = 100 * (answer - low) / (high - low)
    return 100 - score if item.get('reversed') else score


class Reference:
    def __init__(self, document):
        assert document.get('aggregator', 'mean') == 'mean'
        assert document.get('missing', {}).get('policy', 'nested') == 'nested'
        self.document = document

    def mean(self, children, out):
        """Weighted mean and coverage of (node, score, coverage) children; re-weighted over those with a score."""
        total = sum(exact(node.get('weight', 1)) for node, _, _ in children)
        weights = [exact(node.get('weight', 1)) / total for node, _, _ in children]
        answered = sum(weight for weight, (_, score, _) in zip(weights, children) if score is not None)
        coverage = sum(weight * part for weight, (_, _, part) in zip(weights, children))
        for node, score, _ in children:
            out[node.get('id', node.get('column'))] = score
        if not answered:
            return None, coverage
        parts = [weight * score for weight, (_, score, _) in zip(weights, children) if score is not None]
        return sum(parts) / answered, coverage

    def side(self, side, row, out):
        dimensions = []
        for dimension in self.document['dimensions']:
            if dimension['side'] != side:
                continue
            indicators = []
            for indicator in dimension['indicators']:
                items = []
                for item in indicator['items']:
                    score = answer_score(item, row[item['column']])
                    items.append((item, score, Fraction(score is not None)))
                indicators.append((indicator, *self.mean(items, out)))
            dimensions.append((dimension, *self.mean(indicators, out)))
        return self.mean(dimensions, out)

    def score(self, row):
        """All scores of a row by id; raises OutOfScale."""
        out = {}
        document = self.document
        has = [side for side in SIDES if any(d['side'] == side for d in document['dimensions'])]
        sides = [(document.get(side, {}), *self.side(side, row, out)) for side in has]
        for side, (_, score, _) in zip(has, sides):
            out[side] = score
        _, out['coverage'] = self.mean([({'id': name, 'weight': node.get('weight', 1)}, score, coverage)
                                        for name, (node, score, coverage) in zip(has, sides)], {})
        scores = [score for _, score, _ in sides]
        form = document.get('form', 'difference')
        if form == 'index':
            seen = [(node, 100 - score if name == 'sacrifice' and score is not None else score, coverage)
                    for name, (node, score, coverage) in zip(has, sides)]
            out['value'], _ = self.mean(seen, {})
        elif None in scores:
            out['value'] = None
        elif len(scores) == 1:
            out['value'] = scores[0] if has[0] == 'benefit' else -scores[0]
        else:
            out['value'] = scores[0] - scores[1] if form == 'difference' else scores[0] / scores[1]
        for gate in document.get('gates', []):
            score = out[gate['node']]
            closed = score is not None and (score < exact(gate['below']) if 'below' in gate
                                            else score > exact(gate['above']))
            if closed and out['value'] is not None:
                out['value'] = min(out['value'], exact(gate['cap']))
        return out


def agrees(text, score, tolerance=Fraction(1, 10**11)):
    """Whether a cell or number of the result is the score; both may be missing."""
    if score is None or text in ('', None):
        return score is None and text in ('', None)
    return abs(Fraction(float(text)) - score) <= tolerance
