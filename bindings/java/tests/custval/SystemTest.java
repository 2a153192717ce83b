// SPDX-License-Identifier: Apache-2.0
package custval;

import static custval.Samples.direct;
import static custval.Samples.json;
import static custval.Samples.shop;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemTest {
    @Test
    void partsOfAnExplanationGiveTheValue() {
        try (ValueSystem system = shop();
                Explanation why = system.explain(8, 6, 3)) {
            assertEquals(system.value(8, 6, 3), why.sum());
            assertTrue(why.toString().contains("quality"));
            assertEquals("value", why.table().texts("node")[0]);
            assertTrue(why.table().isText("label"));
        }
    }

    @Test
    void everyWayInGivesTheSameBits() {
        double[] q1 = {10, 4, Double.NaN}, q2 = {10, 7, 5}, q3 = {1, 10, 2};
        DoubleBuffer value = direct(3);
        IntBuffer status = ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder()).asIntBuffer();
        try (ValueSystem system = shop();
                Scorer scorer = system.scorer(Options.NONE.levels(Options.Level.VALUE));
                Table copied = new Table(3).add("q1", q1).add("q2", q2).add("q3", q3);
                Table lent = new Table(3).add("q1", direct(3, q1)).add("q2", direct(3, q2)).add("q3", direct(3, q3));
                Table scores = system.score(copied, Options.NONE)) {
            scorer.score(lent, new DoubleBuffer[] {value, null}, status);
            for (int row = 0; row < 3; row++) {
                assertEquals(scores.numbers("value")[row], value.get(row));
                assertEquals(scorer.value(q1[row], q2[row], q3[row]), value.get(row));
                assertEquals(scores.numbers("status")[row], status.get(row));
            }
            assertEquals(100, value.get(0));
            assertEquals(-58.333333333333336, value.get(1), 1e-12);
        }
    }

    @Test
    void aBufferIsReadAndWrittenFromItsPosition() {
        DoubleBuffer q1 = direct(4, 99, 10, 4, 7), out = direct(4, -1, -1, -1, -1);
        q1.position(1);
        out.position(2);
        try (ValueSystem system = shop();
                Scorer scorer = system.scorer();
                Table table = new Table(2).add("q1", q1).add("q2", 10, 7).add("q3", 1, 10)) {
            scorer.score(table, new DoubleBuffer[] {out, null, null, null}, null);
        }
        assertArrayEquals(
                new double[] {-1, -1, 100}, new double[] {out.get(0), out.get(1), out.get(2)});
        assertEquals(-58.333333333333336, out.get(3), 1e-12);
    }

    @Test
    void arraysAreScoredInBlocks() {
        int rows = 10001;
        double[][] cells = new double[3][rows];
        for (int i = 0; i < 3 * rows; i++) {
            cells[i / rows][i % rows] = i % 101 == 0 ? Double.NaN : 1 + i * 7 % 10;
        }
        double[][] out = {new double[rows], null, null, new double[rows]};
        int[] status = new int[rows];
        try (ValueSystem system = shop();
                Scorer scorer = system.scorer();
                Table table = new Table(rows).add("q1", cells[0]).add("q2", cells[1]).add("q3", cells[2]);
                Table scores = system.score(table, Options.NONE)) {
            scorer.score(cells, out, status);
            assertArrayEquals(scores.numbers("value"), out[0]);
            assertArrayEquals(scores.numbers("coverage"), out[3]);
            double[] expected = scores.numbers("status");
            for (int row = 0; row < rows; row++) {
                assertEquals(expected[row], status[row]);
            }
            scorer.score(new double[3][0], new double[4][], null);
            assertThrows(IllegalArgumentException.class, () -> scorer.score(new double[2][1], out, null));
            assertThrows(
                    IndexOutOfBoundsException.class, () -> scorer.score(new double[][] {{1}, {}, {1}}, out, null));
            assertThrows(
                    IndexOutOfBoundsException.class, () -> scorer.score(cells, new double[4][5], null));
        }
    }

    @Test
    void textsBeyondTheBasicPlaneArriveWhole() {
        try (ValueSystem system = ValueSystem.parse(json(Samples.SHOP_WITH_GRADES));
                Scorer scorer = system.scorer()) {
            assertEquals(List.of("q1", "grade", "q3"), system.inputs());
            assertTrue(system.isText(1));
            double[] out = new double[scorer.columns().size()];
            assertEquals(0, scorer.score(new Object[] {10, "\uD83D\uDE42", 1}, out));
            assertEquals(100, out[0]);
            assertEquals(2048, scorer.score(new Object[] {10, "schlecht", 1}, out), "an unknown category");
            try (Table table = new Table(1).add("q1", 10).add("grade", "schlecht").add("q3", 1)) {
                assertTrue(system.reason(table, 0, Options.NONE).contains("schlecht"));
            }
        }
    }

    @Test
    void missingIsNullOrNan() {
        try (ValueSystem system = shop()) {
            assertEquals(system.value(null, 6, 3), system.value(Double.NaN, 6, 3));
            assertTrue(Double.isNaN(system.value(null, null, null)));
        }
    }

    @Test
    void optionsReachTheLibrary() {
        try (ValueSystem system = shop()) {
            try (Scorer all = system.scorer(Options.NONE.levels(Options.Level.values())
                    .coverage(Options.Coverage.NONE))) {
                assertTrue(all.columns().contains("quality") && !all.columns().contains("coverage"));
            }
            CustvalException refused =
                    assertThrows(CustvalException.class, () -> system.scorer(Options.NONE.profile("nobody")));
            assertEquals("CUSTVAL_ERROR_NOT_FOUND", refused.status());
            assertEquals(-7, refused.code());
            assertEquals(-1, refused.row());
            assertTrue(refused.getMessage().contains("nobody"), refused.getMessage());
        }
    }

    @Test
    void aMissingColumnIsNamed() {
        try (ValueSystem system = shop();
                Table table = new Table(1).add("q1", 1).add("q2", 1)) {
            CustvalException refused =
                    assertThrows(CustvalException.class, () -> system.score(table, Options.NONE));
            assertTrue(refused.getMessage().contains("q3"), refused.getMessage());
            assertThrows(CustvalException.class, () -> table.numbers("q4"));
            assertThrows(CustvalException.class, () -> table.texts("q1"));
            assertThrows(CustvalException.class, () -> table.add("q1", 2.0), "a column twice");
            assertThrows(CustvalException.class, () -> system.explain(table, 5, Options.NONE));
        }
    }

    @Test
    void misuseIsNoCrash() {
        try (ValueSystem system = shop();
                Scorer scorer = system.scorer()) {
            assertThrows(IllegalArgumentException.class, () -> scorer.value(1, 2));
            assertThrows(IllegalArgumentException.class, () -> scorer.value(1, 2, 3, 4));
            assertThrows(IllegalArgumentException.class, () -> scorer.value(1, "two", 3));
            assertThrows(IllegalArgumentException.class, () -> scorer.score(new double[3], new double[1]));
            assertThrows(IllegalArgumentException.class, () -> scorer.score(new double[2], new double[9]));
            assertThrows(NullPointerException.class, () -> ValueSystem.parse(null));
            assertThrows(IllegalArgumentException.class, () -> new Table(-1));
            assertThrows(NullPointerException.class, () -> new Table(1).add(null, 1.0));
            assertThrows(IllegalArgumentException.class, () -> new Table(2).add("q1", 1.0));
            assertThrows(IllegalArgumentException.class, () -> new Table(1).add("q1", DoubleBuffer.allocate(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Table(1).add("q1", ByteBuffer.allocateDirect(8)
                            .order(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                                    ? ByteOrder.LITTLE_ENDIAN
                                    : ByteOrder.BIG_ENDIAN)
                            .asDoubleBuffer()));
            try (Table table = new Table(1).add("q1", 1).add("q2", 1).add("q3", 1)) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> scorer.score(table, new DoubleBuffer[] {direct(0), null, null, null}, null));
                assertThrows(
                        IllegalArgumentException.class, () -> scorer.score(table, new DoubleBuffer[] {direct(1)}, null));
            }
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        ValueSystem system = shop();
        Scorer scorer = system.scorer();
        Table table = new Table(1).add("q1", 1).add("q2", 1).add("q3", 1);
        system.close();
        system.close();
        assertThrows(IllegalStateException.class, system::scorer);
        assertThrows(IllegalStateException.class, () -> system.score(table, Options.NONE));
        assertTrue(Double.isFinite(scorer.value(1, 1, 1)), "a scorer keeps its system");
        table.close();
        assertThrows(IllegalStateException.class, table::names);
        assertThrows(IllegalStateException.class, () -> scorer.score(table, new DoubleBuffer[4], null));
        scorer.close();
        IllegalStateException closed = assertThrows(IllegalStateException.class, () -> scorer.value(1, 1, 1));
        assertTrue(closed.getMessage().contains("closed"));
    }

    @Test
    void groupsAndLifetimesSayWhatIsWrong() {
        CustvalException refused = assertThrows(CustvalException.class, () -> Groups.parse("{"));
        assertEquals("CUSTVAL_ERROR_DOCUMENT", refused.status());
        assertThrows(CustvalException.class, () -> Lifetime.parse("[]"));
        try (Lifetime lifetime = Lifetime.parse(json("{'custval': 'lifetime', 'version': 1, 'model': 'bgnbd',"
                        + "'parameters': {'r': 0.243, 'alpha': 4.414, 'a': 0.793, 'b': 2.426}}"));
                Table table = new Table(1).add("x", 2).add("t_x", 30).add("T", 38).add("spend", 20)) {
            assertThrows(CustvalException.class, () -> lifetime.predict(table, new Lifetime.Horizon(-1)));
            Lifetime.Horizon year = new Lifetime.Horizon(52).cashPeriod(4).rate(0.1, 52).spendColumn("spend");
            try (Table worth = lifetime.predict(table, year, Lifetime.Output.VALUE, Lifetime.Output.EXPECTED)) {
                double most = 20 * worth.numbers("expected")[0];
                double value = worth.numbers("value")[0];
                assertTrue(value < most && value > most / 1.1, "discounted by less than a year");
            }
        }
        assertThrows(
                CustvalException.class,
                () -> Weights.ahp(new String[] {"a", "b"}, new double[][] {{1, 2}, {2, 1}}),
                "not reciprocal");
        assertThrows(IllegalArgumentException.class, () -> Weights.ahp(new String[] {"a"}, new double[][] {{1, 2}}));
    }
}
