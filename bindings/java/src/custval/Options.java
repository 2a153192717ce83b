// SPDX-License-Identifier: Apache-2.0
package custval;

/** How rows are read and what is reported; see custval_score_options. An object of this kind never changes. */
public final class Options {
    /** Nothing said. */
    public static final Options NONE = new Options(new String[4], 0, 0);

    /** Nodes that become columns, see custval_level. */
    public enum Level {
        VALUE(1),
        SIDE(2),
        DIMENSION(4),
        INDICATOR(8),
        ITEM(16),
        DERIVED(32),
        TAG(64);

        private final int bit;

        Level(int bit) {
            this.bit = bit;
        }
    }

    /** Nodes whose coverage becomes a column, see custval_coverage. */
    public enum Coverage {
        VALUE,
        ALL,
        NONE
    }

    /** as_of, profile, context, language. */
    private final String[] frame;

    final int levels;
    final int coverage;

    private Options(String[] frame, int levels, int coverage) {
        this.frame = frame;
        this.levels = levels;
        this.coverage = coverage;
    }

    byte[][] frame() {
        return Native.bytes(frame);
    }

    private Options with(int place, String text) {
        String[] changed = frame.clone();
        changed[place] = text;
        return new Options(changed, levels, coverage);
    }

    /** The ISO date of the scoring, which a system with overrides needs. */
    public Options asOf(String date) {
        return with(0, date);
    }

    /** The profile of every row, instead of its column. */
    public Options profile(String id) {
        return with(1, id);
    }

    /** The context of every row, instead of its column. */
    public Options context(String id) {
        return with(2, id);
    }

    /** The language of labels in explanations. */
    public Options language(String code) {
        return with(3, code);
    }

    /** Which nodes become columns; without this call the value and the sides. */
    public Options levels(Level... wanted) {
        int bits = 0;
        for (Level level : wanted) {
            bits |= level.bit;
        }
        return new Options(frame, bits, coverage);
    }

    /** For which nodes coverage becomes a column. */
    public Options coverage(Coverage wanted) {
        return new Options(frame, levels, wanted.ordinal());
    }
}
