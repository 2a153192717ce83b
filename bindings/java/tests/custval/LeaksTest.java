// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The heap of Java is there from the beginning (test.sh): what grows is memory of the library. */
class LeaksTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CYCLES = 5000;
    // Bytes per cycle; compiled code and what the machine keeps about it take less than that.
    private static final double BAR = 100;

    private static long memory() throws Exception {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("RssAnon"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /** What a cycle leaves, in bytes: the median of rounds, because a leak grows in each, a heap with holes in a few. */
    private static double left(Runnable cycle) throws Exception {
        assumeTrue(Files.exists(STATUS));
        long before = 0;
        long[] grown = new long[8];
        for (int round = 0; round < grown.length; round++) {
            for (int i = 0; i < CYCLES; i++) {
                cycle.run();
            }
            System.gc();
            long now = memory();
            grown[round] = now - before;
            before = now;
        }
        // The first rounds fill up what is free.
        long[] judged = Arrays.copyOfRange(grown, 3, grown.length);
        Arrays.sort(judged);
        return judged[judged.length / 2] / (double) CYCLES;
    }

    @Test
    void aLeakWouldShow() throws Exception {
        List<Table> kept = new ArrayList<>();
        assertTrue(left(() -> kept.add(new Table(1))) > BAR);
    }

    @Test
    void nothingLeaks() throws Exception {
        String grades = json(Samples.SHOP_WITH_GRADES);
        double bytes = left(() -> {
            try (ValueSystem system = ValueSystem.parse(grades);
                    Scorer scorer = system.scorer();
                    Table table = new Table(1).add("q1", 1).add("grade", "gut").add("q3", 2);
                    Explanation why = system.explain(table, 0, Options.NONE)) {
                assertEquals(scorer.value(1, "gut", 2), why.sum());
                assertThrows(CustvalException.class, () -> table.numbers("q9"));
            }
        });
        assertTrue(bytes < BAR, bytes + " bytes a cycle");
    }
}
