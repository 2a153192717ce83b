// SPDX-License-Identifier: Apache-2.0
package custval;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.List;

/** Scores rows of one system again and again, in memory of its own. It belongs to one thread at a time. */
public final class Scorer implements AutoCloseable {
    /** Rows of a block of arrays. */
    private static final int BLOCK = 4096;

    private final Handle handle;
    private final ValueSystem system;
    private final List<String> columns;
    private final double[] numbers;
    /** Null if no input is a text. */
    private final byte[][] texts;

    Scorer(ValueSystem system, Options options) {
        this.system = system;
        int inputs = system.inputs().size();
        boolean anyText = false;
        for (int i = 0; i < inputs; i++) {
            anyText |= system.isText(i);
        }
        long address = system.handle.within(
                of -> Native.scorerNew(of, options.frame(), options.levels, options.coverage));
        handle = Handle.of(this, address, Native::scorerFree, null);
        columns = List.of(Native.texts(Native.scorerColumns(address)));
        numbers = new double[inputs];
        texts = anyText ? new byte[inputs][] : null;
    }

    /** Names of the scores: value, benefit, sacrifice, coverage, or what the options ask for. */
    public List<String> columns() {
        return columns;
    }

    /** The first score of one row, which is the value unless the options say otherwise; NaN if there is none. */
    public double value(Object... cells) {
        double[] out = new double[columns.size()];
        score(cells, out);
        return out[0];
    }

    /** All scores of one row in the order of {@link #columns()}, NaN where there is none. */
    public double[] scores(Object... cells) {
        double[] out = new double[columns.size()];
        score(cells, out);
        return out;
    }

    /**
     * Scores one row of cells of any kind.
     *
     * @param cells one per input of the system: a number, a text, or null if it is missing
     * @param out receives the scores, NaN where there is none
     * @return 0, or bits of custval_row_status
     */
    public int score(Object[] cells, double[] out) {
        List<String> inputs = system.inputs();
        Cells.checkCount(cells, inputs);
        for (int i = 0; i < cells.length; i++) {
            if (system.isText(i)) {
                numbers[i] = Double.NaN;
                texts[i] = Native.bytes(Cells.text(cells, i, inputs));
            } else {
                numbers[i] = Cells.number(cells, i, inputs);
            }
        }
        return row(numbers, texts, out);
    }

    /**
     * Scores one row of numbers, of a system that reads no text: the fastest way for one row.
     *
     * @param cells one per input, NaN if it is missing
     * @param out receives the scores, NaN where there is none
     * @return 0, or bits of custval_row_status
     */
    public int score(double[] cells, double[] out) {
        if (texts != null) {
            throw new IllegalArgumentException("the system reads texts, too: " + system.inputs());
        }
        if (cells.length != numbers.length) {
            throw new IllegalArgumentException(
                    "the system reads " + numbers.length + " cells " + system.inputs() + ", not " + cells.length);
        }
        return row(cells, null, out);
    }

    private int row(double[] cells, byte[][] words, double[] out) {
        if (out.length < columns.size()) {
            throw new IllegalArgumentException("there are " + columns.size() + " scores " + columns);
        }
        long scorer = handle.enterAlone();
        try {
            return Native.scorerRow(scorer, cells, words, out);
        } finally {
            handle.leave();
        }
    }

    /**
     * Scores every row of a table into buffers of the caller: nothing is copied if the table borrows its columns.
     *
     * @param out one direct buffer per score, written from its position on; null to leave a score out
     * @param status a direct buffer for bits of custval_row_status, or null
     */
    public void score(Table table, DoubleBuffer[] out, IntBuffer status) {
        if (out.length != columns.size()) {
            throw new IllegalArgumentException("there are " + columns.size() + " scores " + columns);
        }
        DoubleBuffer[] into = new DoubleBuffer[out.length];
        for (int i = 0; i < out.length; i++) {
            if (out[i] != null) {
                Table.checkDirect(columns.get(i), out[i]);
                checkRoom(columns.get(i), out[i].remaining(), table);
                into[i] = out[i].slice();
            }
        }
        if (status != null) {
            checkRoom("status", status.remaining(), table);
            if (!status.isDirect() || status.order() != ByteOrder.nativeOrder()) {
                throw new IllegalArgumentException("status: not a direct buffer in the byte order of the machine");
            }
        }
        long scorer = handle.enterAlone();
        try {
            long rows = table.handle.enter();
            try {
                Native.scorerTable(scorer, rows, into, status == null ? null : status.slice());
            } finally {
                table.handle.leave();
            }
        } finally {
            handle.leave();
        }
    }

    /**
     * Scores rows that are arrays, block by block through direct memory that fits into a cache: each cell is copied
     * once.
     *
     * @param cells one array per input, of one length; of a system that reads no text
     * @param out one array per score, or null to leave a score out
     * @param status receives bits of custval_row_status, or null
     */
    public void score(double[][] cells, double[][] out, int[] status) {
        if (texts != null) {
            throw new IllegalArgumentException("the system reads texts, too: " + system.inputs());
        }
        if (cells.length != numbers.length || out.length != columns.size()) {
            throw new IllegalArgumentException(
                    "the system reads " + system.inputs() + " and gives " + columns + ", not so many arrays");
        }
        int rows = cells[0].length;
        Blocks blocks = new Blocks(Math.min(rows, BLOCK), cells.length, out.length);
        for (int from = 0; from < rows; from += BLOCK) {
            blocks.score(this, cells, out, status, from, Math.min(BLOCK, rows - from));
        }
    }

    /** Memory for the cells and scores of one block. */
    private static final class Blocks {
        private final DoubleBuffer[] in;
        private final DoubleBuffer[] out;
        private final IntBuffer status;

        Blocks(int rows, int inputs, int scores) {
            in = new DoubleBuffer[inputs];
            out = new DoubleBuffer[scores];
            for (int i = 0; i < inputs; i++) {
                in[i] = direct(8 * rows).asDoubleBuffer();
            }
            for (int i = 0; i < scores; i++) {
                out[i] = direct(8 * rows).asDoubleBuffer();
            }
            status = direct(4 * rows).asIntBuffer();
        }

        void score(Scorer scorer, double[][] cells, double[][] scores, int[] rowStatus, int from, int count) {
            try (Table table = new Table(count)) {
                for (int i = 0; i < in.length; i++) {
                    in[i].clear();
                    in[i].put(cells[i], from, count).flip();
                    table.add(scorer.system.inputs().get(i), in[i]);
                }
                scorer.score(table, out, status);
            }
            for (int i = 0; i < out.length; i++) {
                if (scores[i] != null) {
                    out[i].duplicate().get(scores[i], from, count);
                }
            }
            if (rowStatus != null) {
                status.duplicate().get(rowStatus, from, count);
            }
        }

        private static ByteBuffer direct(int bytes) {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
    }

    private static void checkRoom(String name, int room, Table table) {
        if (room < table.rows()) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\": room for " + room + " of " + table.rows() + " rows");
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
