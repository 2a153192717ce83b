// SPDX-License-Identifier: Apache-2.0
package custval;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Columns of one length, by name: what goes into batches and what comes out of them. NaN is a missing number, null a
 * missing text. Once its columns are added, any number of threads may read a table.
 */
public final class Table implements AutoCloseable {
    final Handle handle;
    private final List<DoubleBuffer> buffers = new ArrayList<>();
    private final int rows;

    /** A table without columns. */
    public Table(int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("a table cannot have " + rows + " rows");
        }
        this.rows = rows;
        handle = Handle.of(this, Native.tableNew(rows), Native::tableFree, buffers);
    }

    /** A table that the library made. */
    Table(long address) {
        rows = Math.toIntExact(Native.tableRows(address));
        handle = Handle.of(this, address, Native::tableFree, buffers);
    }

    /** Adds numbers, which are copied. */
    public Table add(String name, double... values) {
        checkLength(name, values.length);
        return adding(table -> Native.tableAddNumbers(table, Native.given(name), values));
    }

    /**
     * Adds numbers without copying them: the buffer, from its position on, is read whenever the table is used. It must
     * be a direct one in the byte order of the machine.
     */
    public Table add(String name, DoubleBuffer values) {
        checkLength(name, values.remaining());
        checkDirect(name, values);
        DoubleBuffer from = values.slice();
        return adding(table -> {
            buffers.add(from);
            Native.tableAddBuffer(table, Native.given(name), from);
        });
    }

    /** Adds texts, which are copied. */
    public Table add(String name, String... values) {
        checkLength(name, values.length);
        return adding(table -> Native.tableAddTexts(table, Native.given(name), Native.bytes(values)));
    }

    /** How many rows. */
    public int rows() {
        return rows;
    }

    /** Names of the columns, in order. */
    public List<String> names() {
        return handle.within(table -> List.of(Native.texts(Native.tableNames(table))));
    }

    /** Whether a column holds texts. */
    public boolean isText(String name) {
        return handle.within(table -> Native.tableIsText(table, Native.given(name)));
    }

    /** A copy of a column of numbers; NaN where there is none. */
    public double[] numbers(String name) {
        double[] numbers = new double[rows];
        return handle.within(table -> {
            Native.tableNumbers(table, Native.given(name), numbers);
            return numbers;
        });
    }

    /** A copy of a column of texts; null where there is none. */
    public String[] texts(String name) {
        return handle.within(table -> Native.texts(Native.tableTexts(table, Native.given(name))));
    }

    @Override
    public void close() {
        handle.close();
    }

    private Table adding(LongConsumer add) {
        long table = handle.enterAlone();
        try {
            add.accept(table);
        } finally {
            handle.leave();
        }
        return this;
    }

    private void checkLength(String name, int length) {
        if (length < rows) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\": " + length + " cells for " + rows + " rows");
        }
    }

    static void checkDirect(String name, DoubleBuffer buffer) {
        if (!buffer.isDirect() || buffer.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\": the buffer is not a direct one in the byte order of the machine");
        }
    }
}
