// SPDX-License-Identifier: Apache-2.0
package custval;

import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The functions of native/. Texts cross as UTF-8, handles as numbers that {@link Handle} guards. */
final class Native {
    static {
        Loader.load();
    }

    private Native() {}

    /** UTF-8 of what must be given: a document, a name. */
    static byte[] given(String text) {
        return Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8);
    }

    /** UTF-8 of a text; null of null. */
    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[][] bytes(String[] texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = bytes(texts[i]);
        }
        return all;
    }

    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static String[] texts(byte[][] all) {
        String[] texts = new String[all.length];
        for (int i = 0; i < all.length; i++) {
            texts[i] = text(all[i]);
        }
        return texts;
    }

    static native long tableNew(long rows);

    static native void tableFree(long table);

    static native void tableAddNumbers(long table, byte[] name, double[] values);

    static native void tableAddBuffer(long table, byte[] name, DoubleBuffer values);

    static native void tableAddTexts(long table, byte[] name, byte[][] values);

    static native long tableRows(long table);

    static native byte[][] tableNames(long table);

    static native boolean tableIsText(long table, byte[] name);

    static native void tableNumbers(long table, byte[] name, double[] out);

    static native byte[][] tableTexts(long table, byte[] name);

    static native long systemParse(byte[] document);

    static native void systemFree(long system);

    static native byte[][] systemInputs(long system);

    static native boolean systemInputIsText(long system, int input);

    static native long score(long system, long table, byte[][] frame, int levels, int coverage);

    static native long explain(long system, long table, long row, byte[][] frame);

    static native byte[] explanationText(long explanation);

    static native byte[] reason(long system, long table, long row, byte[][] frame);

    static native long scorerNew(long system, byte[][] frame, int levels, int coverage);

    static native void scorerFree(long scorer);

    static native byte[][] scorerColumns(long scorer);

    static native int scorerRow(long scorer, double[] numbers, byte[][] texts, double[] out);

    static native void scorerTable(long scorer, long table, DoubleBuffer[] out, IntBuffer status);

    static native double[] ahp(byte[][] names, double[] matrix);

    static native long groupsParse(byte[] document);

    static native void groupsFree(long groups);

    static native byte[][] groupsColumns(long groups);

    static native long groupsAssign(long groups, long table);

    static native long lifetimeParse(byte[] document);

    static native void lifetimeFree(long lifetime);

    static native long lifetimePredict(
            long lifetime,
            long table,
            int outputs,
            double horizon,
            double cashPeriod,
            double rate,
            double ratePeriod,
            double margin,
            double cost,
            byte[] spendColumn);
}
