// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.json;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes, an exception is the worst that happens. */
class FuzzTest {
    private static final Object[] CELLS = {
        null, 1, 5.5, -1e308, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -0.0,
        Long.MAX_VALUE, true, "", "gut", "\uD83D\uDE42", "\uD800", "x".repeat(100000), new Object(), new int[1]
    };

    @Test
    void rows() {
        Random random = new Random(1);
        int scored = 0, refused = 0;
        try (ValueSystem system = ValueSystem.parse(json(Samples.SHOP_WITH_GRADES));
                Scorer scorer = system.scorer()) {
            for (int i = 0; i < 20000; i++) {
                Object[] cells = new Object[random.nextInt(10) == 0 ? random.nextInt(6) : 3];
                for (int k = 0; k < cells.length; k++) {
                    cells[k] = CELLS[random.nextInt(CELLS.length)];
                }
                try {
                    double value = scorer.value(cells);
                    assertTrue(Double.isNaN(value) || Math.abs(value) <= 100);
                    scored++;
                } catch (IllegalArgumentException expected) {
                    refused++;
                }
            }
        }
        assertTrue(scored > 1000 && refused > 1000);
    }

    @Test
    void documents() {
        Random random = new Random(2);
        String[] documents = {
            json(Samples.SHOP), json(Samples.SHOP_WITH_GRADES),
            json("{'custval': 'groups', 'version': 1, 'measures': [{'id': 'm', 'cuts': [1]}], 'groups': [{'id': 'g'}]}"),
            json("{'custval': 'lifetime', 'version': 1, 'model': 'nbd', 'parameters': {'r': 1, 'alpha': 2}}")
        };
        int refused = 0;
        for (int i = 0; i < 6000; i++) {
            StringBuilder text = new StringBuilder(documents[i % documents.length]);
            for (int k = random.nextInt(4); k > 0; k--) {
                int place = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0:
                        text.setCharAt(place, (char) random.nextInt(random.nextBoolean() ? 128 : 65536));
                        break;
                    case 1:
                        text.delete(place, Math.min(text.length(), place + 1 + random.nextInt(20)));
                        break;
                    default:
                        text.insert(place, text.substring(place, Math.min(text.length(), place + 10)));
                }
                text.append(' ');
            }
            try {
                if (i % 4 < 2) {
                    ValueSystem.parse(text.toString()).close();
                } else if (i % 4 == 2) {
                    Groups.parse(text.toString()).close();
                } else {
                    Lifetime.parse(text.toString()).close();
                }
            } catch (CustvalException expected) {
                assertTrue(expected.getMessage().length() > 10);
                refused++;
            }
        }
        assertTrue(refused > 2000);
    }
}
