// Scores a million rows in Java: java -cp custval.jar embeddings_java.java SYSTEM ROWS. Prints JSON lines.
// SPDX-License-Identifier: Apache-2.0
import custval.Options;
import custval.Scorer;
import custval.Table;
import custval.ValueSystem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

class embeddings_java {
    private static final int REPEATS = 7;
    private static final double[] WEIGHTS = {0.25, 0.2, 0.25, 0.15, 0.15, -0.4, -0.25, -0.15, -0.2};

    static void report(String what, Runnable task) {
        double[] took = new double[REPEATS];
        task.run();
        for (int i = 0; i < REPEATS; i++) {
            long begun = System.nanoTime();
            task.run();
            took[i] = (System.nanoTime() - begun) * 1e-9;
        }
        Arrays.sort(took);
        System.out.println("{\"what\": \"" + what + "\", \"seconds\": " + took[REPEATS / 2] + "}");
    }

    static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        ValueSystem system = ValueSystem.parse(Files.readString(Path.of(arguments[0])));
        int columns = system.inputs().size();
        double[][] arrays = new double[columns][rows];
        DoubleBuffer[] buffers = new DoubleBuffer[columns];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                arrays[c][r] = 1 + (r * (2 * c + 7L) + r / 11) % 10;
            }
            buffers[c] = direct(8 * rows).asDoubleBuffer();
            buffers[c].put(arrays[c]).rewind();
        }
        Options value = Options.NONE.levels(Options.Level.VALUE).coverage(Options.Coverage.NONE);
        Scorer scorer = system.scorer(value);
        DoubleBuffer[] out = {direct(8 * rows).asDoubleBuffer()};
        IntBuffer status = direct(4 * rows).asIntBuffer();
        report("columns lent", () -> {
            try (Table table = new Table(rows)) {
                for (int c = 0; c < columns; c++) {
                    table.add(system.inputs().get(c), buffers[c]);
                }
                scorer.score(table, out, status);
            }
        });
        double[][] into = {new double[rows]};
        int[] bits = new int[rows];
        report("columns copied", () -> scorer.score(arrays, into, bits));
        double[] row = new double[columns];
        double[] one = new double[1];
        report("rows one by one", () -> {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    row[c] = arrays[c][r];
                }
                scorer.score(row, one);
            }
        });
        double[] plain = new double[rows];
        report("plain expression", () -> {
            for (int r = 0; r < rows; r++) {
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    sum += WEIGHTS[c] * (arrays[c][r] - 1) / 9 * 100;
                }
                plain[r] = sum;
            }
        });
    }
}
