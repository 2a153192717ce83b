// SPDX-License-Identifier: Apache-2.0
package custval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The calls that every embedding answers alike: tests/embeddings/calls.py writes them. */
class SharedCallsTest {
    @TestFactory
    Stream<DynamicTest> calls() throws Exception {
        try (Reader file = Files.newBufferedReader(Path.of(System.getProperty("custval.calls")))) {
            List<JsonObject> calls =
                    elements(JsonParser.parseReader(file).getAsJsonObject().get("calls"))
                            .map(JsonElement::getAsJsonObject)
                            .collect(Collectors.toList());
            return calls.stream()
                    .map(call -> DynamicTest.dynamicTest(text(call, "call") + " " + text(call, "id"), () -> run(call)));
        }
    }

    private static void run(JsonObject call) {
        switch (text(call, "call")) {
            case "score":
                score(call);
                break;
            case "refuse":
                refuse(call);
                break;
            case "weights":
                weights(call);
                break;
            case "group":
                group(call);
                break;
            case "lifetime":
                lifetime(call);
                break;
            default:
                throw new AssertionError("an unknown call");
        }
    }

    private static void score(JsonObject call) {
        Object[] cells = elements(call.get("cells")).map(SharedCallsTest::cell).toArray();
        try (ValueSystem system = ValueSystem.parse(call.get("system").toString());
                Scorer scorer = system.scorer();
                Table table = new Table(1)) {
            assertEquals(
                    elements(call.get("inputs")).map(JsonElement::getAsString).collect(Collectors.toList()),
                    system.inputs());
            double[] out = new double[scorer.columns().size()];
            assertEquals(call.get("status").getAsInt(), scorer.score(cells, out));
            IntStream.range(0, cells.length).forEach(i -> addCell(table, system, i, cells[i]));
            try (Table batch = system.score(table, Options.NONE)) {
                for (String name : call.getAsJsonObject("exact").keySet()) {
                    double alone = out[scorer.columns().indexOf(name)];
                    double exact = number(call.getAsJsonObject("exact").get(name));
                    assertEquals(Double.doubleToLongBits(exact), Double.doubleToLongBits(alone), name);
                    assertEquals(exact, batch.numbers(name)[0], name);
                }
                near(call, scorer.columns(), out);
            }
        }
    }

    private static void addCell(Table table, ValueSystem system, int input, Object cell) {
        String name = system.inputs().get(input);
        if (system.isText(input)) {
            table.add(name, new String[] {Cells.text(new Object[] {cell}, 0, List.of(name))});
        } else {
            table.add(name, new double[] {cell == null ? Double.NaN : (Double) cell});
        }
    }

    private static void refuse(JsonObject call) {
        CustvalException refused =
                assertThrows(CustvalException.class, () -> ValueSystem.parse(call.get("system").toString()).close());
        assertEquals(text(call, "error"), refused.status());
        assertTrue(refused.getMessage().contains(text(call, "message_part")), refused.getMessage());
    }

    private static void weights(JsonObject call) {
        double[][] matrix =
                elements(call.get("matrix")).map(SharedCallsTest::numbers).toArray(double[][]::new);
        String[] names = IntStream.range(0, matrix.length).mapToObj(i -> "criterion " + i).toArray(String[]::new);
        Weights weights = Weights.ahp(names, matrix);
        double[] exact = numbers(call.getAsJsonObject("exact").get("weights"));
        for (int i = 0; i < exact.length; i++) {
            assertEquals(exact[i], weights.shares()[i]);
        }
        assertEquals(number(call.getAsJsonObject("exact").get("cr")), weights.consistencyRatio());
    }

    private static void group(JsonObject call) {
        try (Groups groups = Groups.parse(call.get("groups").toString())) {
            assertEquals(text(call, "expected"), groups.group(numbers(call.get("cells"))));
        }
    }

    private static void lifetime(JsonObject call) {
        double[] cells = numbers(call.get("cells"));
        try (Lifetime lifetime = Lifetime.parse(call.get("lifetime").toString());
                Table table = new Table(1).add("x", cells[0]).add("t_x", cells[1]).add("T", cells[2]);
                Table forecast =
                        lifetime.predict(
                                table,
                                new Lifetime.Horizon(call.get("horizon").getAsDouble()),
                                Lifetime.Output.ALIVE,
                                Lifetime.Output.EXPECTED)) {
            List<String> names = List.of("alive", "expected");
            double[] found = names.stream().mapToDouble(name -> forecast.numbers(name)[0]).toArray();
            for (int i = 0; i < found.length; i++) {
                assertEquals(number(call.getAsJsonObject("exact").get(names.get(i))), found[i]);
            }
            near(call, names, found);
        }
    }

    /** Within the tolerance of the vectors, relative to numbers above 1. */
    private static void near(JsonObject call, List<String> names, double[] found) {
        double tolerance = call.get("tolerance").getAsDouble();
        JsonObject expected = call.getAsJsonObject("expected");
        for (String name : expected.keySet()) {
            if (names.contains(name) && !expected.get(name).isJsonNull()) {
                double wanted = number(expected.get(name));
                assertEquals(wanted, found[names.indexOf(name)], tolerance * Math.max(1, Math.abs(wanted)), name);
            }
        }
    }

    private static Stream<JsonElement> elements(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
    }

    private static Object cell(JsonElement element) {
        if (element.isJsonNull()) {
            return null;
        }
        return element.getAsJsonPrimitive().isString() ? element.getAsString() : (Object) element.getAsDouble();
    }

    private static double number(JsonElement element) {
        return element.isJsonNull() ? Double.NaN : element.getAsDouble();
    }

    private static double[] numbers(JsonElement array) {
        return elements(array).mapToDouble(SharedCallsTest::number).toArray();
    }

    private static String text(JsonObject call, String name) {
        return call.get(name).getAsString();
    }
}
