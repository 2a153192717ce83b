// SPDX-License-Identifier: Apache-2.0
package custval;

import java.util.List;

/**
 * An indicator system, made from its document. It never changes: make it once, and let every thread of the process use
 * it.
 */
public final class ValueSystem implements AutoCloseable {
    final Handle handle;
    private final List<String> inputs;
    private final boolean[] texts;

    private ValueSystem(long address) {
        handle = Handle.of(this, address, Native::systemFree, null);
        inputs = List.of(Native.texts(Native.systemInputs(address)));
        texts = new boolean[inputs.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = Native.systemInputIsText(address, i);
        }
    }

    /**
     * Makes a system.
     *
     * @param document the document, JSON
     * @throws CustvalException if the library refuses it; the message begins with the place
     */
    public static ValueSystem parse(String document) {
        return new ValueSystem(Native.systemParse(Native.given(document)));
    }

    /** The columns that the system reads: the order of the cells of a row. */
    public List<String> inputs() {
        return inputs;
    }

    /** Whether an input is a text (a category, a profile) and not a number. */
    public boolean isText(int input) {
        return texts[input];
    }

    /** A scorer, for one thread. */
    public Scorer scorer() {
        return scorer(Options.NONE);
    }

    /** A scorer with options, for one thread. */
    public Scorer scorer(Options options) {
        return new Scorer(this, options);
    }

    /** The perceived value of one row, NaN if it has none; for many rows a {@link Scorer} is faster. */
    public double value(Object... cells) {
        try (Scorer scorer = scorer()) {
            return scorer.value(cells);
        }
    }

    /** Scores every row of a table: value, sides, coverage, status. */
    public Table score(Table table, Options options) {
        return handle.with(table.handle, (system, rows) ->
                new Table(Native.score(system, rows, options.frame(), options.levels, options.coverage)));
    }

    /** Why the value of a row of a table is what it is. */
    public Explanation explain(Table table, int row, Options options) {
        return handle.with(table.handle, (system, rows) ->
                new Explanation(new Table(Native.explain(system, rows, row, options.frame()))));
    }

    /** Why the value of one row is what it is. */
    public Explanation explain(Object... cells) {
        try (Table table = row(cells)) {
            return explain(table, 0, Options.NONE);
        }
    }

    /** What is wrong with a row, in one line; empty if nothing is. */
    public String reason(Table table, int row, Options options) {
        return handle.with(table.handle, (system, rows) ->
                Native.text(Native.reason(system, rows, row, options.frame())));
    }

    /** A table of one row. */
    private Table row(Object[] cells) {
        Cells.checkCount(cells, inputs);
        Table table = new Table(1);
        for (int i = 0; i < cells.length; i++) {
            if (texts[i]) {
                table.add(inputs.get(i), new String[] {Cells.text(cells, i, inputs)});
            } else {
                table.add(inputs.get(i), new double[] {Cells.number(cells, i, inputs)});
            }
        }
        return table;
    }

    @Override
    public void close() {
        handle.close();
    }
}
