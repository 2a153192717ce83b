// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.shop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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
