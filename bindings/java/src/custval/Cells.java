// SPDX-License-Identifier: Apache-2.0
package custval;

import java.util.List;

/** Reads the cells of a row as people write them in Java: numbers, texts, and null for what is missing. */
final class Cells {
    private Cells() {}

    static void checkCount(Object[] cells, List<String> inputs) {
        if (cells.length != inputs.size()) {
            throw new IllegalArgumentException(
                    "the system reads " + inputs.size() + " cells " + inputs + ", not " + cells.length);
        }
    }

    static double number(Object[] cells, int place, List<String> inputs) {
        Object cell = cells[place];
        if (cell == null) {
            return Double.NaN;
        }
        if (cell instanceof Number) {
            return ((Number) cell).doubleValue();
        }
        if (cell instanceof Boolean) {
            return (Boolean) cell ? 1 : 0;
        }
        throw refused(inputs.get(place), "a number", cell);
    }

    static String text(Object[] cells, int place, List<String> inputs) {
        Object cell = cells[place];
        if (cell == null || cell instanceof String) {
            return (String) cell;
        }
        // Whole numbers are read as their digits, whatever Java holds them in.
        if (cell instanceof Number && ((Number) cell).longValue() == ((Number) cell).doubleValue()) {
            return Long.toString(((Number) cell).longValue());
        }
        throw refused(inputs.get(place), "a text", cell);
    }

    private static IllegalArgumentException refused(String column, String wanted, Object cell) {
        return new IllegalArgumentException(
                "cell \"" + column + "\" is to be " + wanted + ", not a " + cell.getClass().getSimpleName());
    }
}
