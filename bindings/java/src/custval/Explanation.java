// SPDX-License-Identifier: Apache-2.0
package custval;

/** Why a value is what it is: parts that add up to it, bit for bit. See custval_explain(). */
public final class Explanation implements AutoCloseable {
    private final Table table;

    Explanation(Table table) {
        this.table = table;
    }

    /** Every column: node, label, kind, depth, score, contribution, is_part, ... */
    public Table table() {
        return table;
    }

    /** The parts added up in order: the value itself, or its logarithm where contributions are logarithms. */
    public double sum() {
        double[] parts = table.numbers("is_part");
        double[] contributions = table.numbers("contribution");
        double sum = 0;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] == 1) {
                sum += contributions[i];
            }
        }
        return sum;
    }

    /** A tree for people. */
    @Override
    public String toString() {
        return table.handle.within(address -> Native.text(Native.explanationText(address)));
    }

    @Override
    public void close() {
        table.close();
    }
}
