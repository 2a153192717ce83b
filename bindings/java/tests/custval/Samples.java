// SPDX-License-Identifier: Apache-2.0
package custval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/** What several tests use. */
final class Samples {
    private Samples() {}

    static final String SHOP =
            "{'custval': 'system', 'version': 1, 'dimensions': ["
                    + "{'id': 'product', 'side': 'benefit', 'indicators': ["
                    + "{'id': 'quality', 'weight': 3, 'items': [{'column': 'q1', 'scale': [1, 10]}]},"
                    + "{'id': 'range', 'weight': 1, 'items': [{'column': 'q2', 'scale': [1, 10]}]}]},"
                    + "{'id': 'money', 'side': 'sacrifice', 'indicators': ["
                    + "{'id': 'price', 'items': [{'column': 'q3', 'scale': [1, 10]}]}]}]}";

    /** The same, and a column of texts. */
    static final String SHOP_WITH_GRADES =
            SHOP.replace(
                    "{'column': 'q2', 'scale': [1, 10]}",
                    "{'column': 'grade', 'curve': {'type': 'table', 'scores': {'gut': 80, '\uD83D\uDE42': 100}}}");

    static String json(String text) {
        return text.replace('\'', '"');
    }

    static ValueSystem shop() {
        return ValueSystem.parse(json(SHOP));
    }

    /** A direct buffer of these numbers, or of zeros. */
    static DoubleBuffer direct(int count, double... numbers) {
        DoubleBuffer buffer =
                ByteBuffer.allocateDirect(8 * count).order(ByteOrder.nativeOrder()).asDoubleBuffer();
        buffer.put(numbers).rewind();
        return buffer;
    }
}
