#!/usr/bin/env python3
# compare: offers side by side.
# SPDX-License-Identifier: Apache-2.0
import json
import math

from support import TINY, Case, main, records

OFFERS = 'offer,q1,q2,fee\n品牌,9,4,100\nBrand B,7,2,80\n"C, cheap",3,1,50\n'


class Comparing(Case):
    def setUp(self):
        super().setUp()
        self.write('system.json', TINY)
        self.write('offers.csv', OFFERS)

    def compare(self, *options):
        return records(self.succeed('compare', 'system.json', 'offers.csv', *options, '--format', 'csv').out)

    def test_values_ranks_margins_and_shares_agree(self):
        rows = self.compare('--id', 'offer')
        values = [float(row['value']) for row in rows]
        scored = records(self.succeed('score', 'system.json', 'offers.csv').out)
        self.assertEqual(values, [float(row['value']) for row in scored])
        self.assertEqual([int(float(row['rank'])) for row in rows],
                         [1 + sum(other > value for other in values) for value in values])
        for number, row in enumerate(rows):
            others = values[:number] + values[number + 1:]
            self.assertEqual(float(row['margin']), values[number] - max(others))
            share = math.exp(0.1 * values[number]) / sum(math.exp(0.1 * value) for value in values)
            self.assertAlmostEqual(float(row['choice_share']), share, places=12)

    def test_offers_are_called_by_their_name(self):
        self.assertEqual([row['offer'] for row in self.compare('--id', 'offer')], ['品牌', 'Brand B', 'C, cheap'])
        out = self.succeed('compare', 'system.json', 'offers.csv', '--id', 'offer').out
        for name in ('品牌', 'Brand B', 'C, cheap'):
            self.assertIn(name, out)

    def test_prices_give_quality_per_price(self):
        rows = self.compare('--id', 'offer', '--price', 'fee')
        quality = [(float(row['benefit'])) for row in rows]
        fees = [100, 80, 50]
        for number, row in enumerate(rows):
            own = quality[number] / (sum(quality) - quality[number]) * 2
            price = fees[number] / (sum(fees) - fees[number]) * 2
            self.assertAlmostEqual(float(row['quality_ratio']), own, places=9)
            self.assertAlmostEqual(float(row['price_ratio']), price, places=9)
            self.assertAlmostEqual(float(row['quality_per_price']), own / price, places=9)
        self.assertNotIn('price_ratio', self.compare()[0])

    def test_one_offer_against_its_rivals_by_indicator(self):
        rows = self.compare('--own', '2')
        self.assertEqual([row['node'] for row in rows], ['quality', 'price'])
        self.assertAlmostEqual(float(rows[0]['own']), 100 * 6 / 9, places=9)
        self.assertAlmostEqual(float(rows[0]['rivals']), (100 * 8 / 9 + 100 * 2 / 9) / 2, places=9)

    def test_json_is_the_same_as_csv(self):
        parsed = json.loads(self.succeed('compare', 'system.json', 'offers.csv', '--id', 'offer', '--format',
                                         'json').out)
        for from_json, row in zip(parsed, self.compare('--id', 'offer')):
            self.assertEqual(list(from_json), list(row))
            self.assertEqual(from_json['value'], float(row['value']))

    def test_what_cannot_be_compared_is_refused(self):
        self.refuse('compare', 'system.json', 'offers.csv', '--own', '4', says=['4', '3'])
        self.refuse('compare', 'system.json', 'offers.csv', '--id', 'offers', says=['"offers"', '"offer"'])
        self.refuse('compare', 'system.json', 'offers.csv', '--price', 'Fee', says=['"Fee"', '"fee"'])
        self.refuse('compare', 'system.json', 'offers.csv', '--price', 'offer', says=['line 2'])
        self.misuse('compare', 'system.json', 'offers.csv', '--own', '0', says=['--own'])
        self.write('offers.csv', 'q1,q2,fee\n7,4,0\n8,4,10\n')
        self.refuse('compare', 'system.json', 'offers.csv', '--price', 'fee', says=['fee', '0'])
        self.write('offers.csv', 'q1,q2\n')
        self.refuse('compare', 'system.json', 'offers.csv', says=['offers.csv'])

    def test_an_offer_without_a_value_is_left_out_of_the_ranking(self):
        self.write('offers.csv', 'q1,q2\n7,4\n12,4\n8,2\n')
        result = self.succeed('compare', 'system.json', 'offers.csv', '--format', 'csv', notes=True)
        self.assertEqual([row['rank'] for row in records(result.out)], ['2', '', '1'])


if __name__ == '__main__':
    main()
