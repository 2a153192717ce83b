// What several tests use.
// SPDX-License-Identifier: Apache-2.0
export const LIFETIME = JSON.stringify({
  custval: 'lifetime',
  version: 1,
  model: 'bgnbd',
  parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
});

const shop = (range) =>
  JSON.stringify({
    custval: 'system',
    version: 1,
    dimensions: [
      {
        id: 'product',
        side: 'benefit',
        indicators: [
          { id: 'quality', weight: 3, items: [{ column: 'q1', scale: [1, 10] }] },
          { id: 'range', weight: 1, items: [range] },
        ],
      },
      {
        id: 'money',
        side: 'sacrifice',
        indicators: [{ id: 'price', items: [{ column: 'q3', scale: [1, 10] }] }],
      },
    ],
  });

export const SHOP = shop({ column: 'q2', scale: [1, 10] });
export const SHOP_WITH_GRADES = shop({
  column: 'grade',
  curve: { type: 'table', scores: { gut: 80, 7: 90, '\u{1F642}': 100 } },
});
