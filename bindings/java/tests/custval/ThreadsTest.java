// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.json;
import static custval.Samples.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private static final int THREADS = 8;

    private static void inThreads(Callable<Void> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(work));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void oneSystemServesManyThreads() throws Exception {
        try (ValueSystem system = shop()) {
            double expected = system.value(8, 6, 3);
            inThreads(() -> {
                try (Scorer scorer = system.scorer()) {
                    for (int i = 0; i < 20000; i++) {
                        assertEquals(expected, scorer.value(8, 6, 3));
                        if (i % 200 == 0) {
                            assertEquals(expected, system.value(8, 6, 3));
                        }
                    }
                }
                return null;
            });
        }
    }

    /** Whoever closes first, nobody uses freed memory. */
    @Test
    void closingUnderOthersIsSafe() throws Exception {
        for (int round = 0; round < 200; round++) {
            ValueSystem system = shop();
            Table table = new Table(1).add("q1", 1).add("q2", 2).add("q3", 3);
            inThreads(() -> {
                try (Table scores = system.score(table, Options.NONE)) {
                    assertEquals(1, scores.rows());
                } catch (IllegalStateException closed) {
                    // Another one was faster.
                }
                table.close();
                system.close();
                return null;
            });
        }
    }

    @Test
    void aScorerRefusesASecondThread() throws Exception {
        try (ValueSystem system = shop();
                Scorer scorer = system.scorer()) {
            AtomicBoolean refused = new AtomicBoolean();
            double expected = system.value(8, 6, 3);
            inThreads(() -> {
                for (int i = 0; i < 20000 || (!refused.get() && i < 2000000); i++) {
                    double[] out = new double[4];
                    try {
                        scorer.score(new double[] {8, 6, 3}, out);
                        assertEquals(expected, out[0]);
                    } catch (IllegalStateException busy) {
                        refused.set(true);
                    }
                }
                return null;
            });
            assertEquals(true, refused.get());
        }
    }

    /** Memory outside the heap, in kB; 0 where the system does not say. */
    private static long memory() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    @Test
    void nothingLeaks() throws Exception {
        String grades = json(Samples.SHOP_WITH_GRADES);
        long before = 0;
        for (int i = 0; i < 30000; i++) {
            try (ValueSystem system = ValueSystem.parse(grades);
                    Scorer scorer = system.scorer();
                    Table table = new Table(1).add("q1", 1).add("grade", "gut").add("q3", 2);
                    Explanation why = system.explain(table, 0, Options.NONE)) {
                assertEquals(scorer.value(1, "gut", 2), why.sum());
                assertThrows(CustvalException.class, () -> table.numbers("q9"));
            }
            if (i == 10000) {
                before = memory();
            }
        }
        assertTrue(memory() - before < 32768, before + " kB, then " + memory());
    }

    /** Objects that nobody closed are collected with what they hold. */
    @Test
    void whatIsForgottenIsFreed() {
        for (int i = 0; i < 300; i++) {
            new Table(1 << 20).add("q1", new double[1 << 20]);
            if (i % 20 == 0) {
                System.gc();
            }
        }
        Table last = new Table(1);
        last.close();
        assertThrows(IllegalStateException.class, () -> last.add("q1", 1.0));
    }
}
