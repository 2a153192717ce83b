// SPDX-License-Identifier: Apache-2.0
package custval;

import java.util.Arrays;
import java.util.List;

/** Weights from judgements in pairs, by the eigenvector method with Saaty's random index of 1980. */
public final class Weights {
    private final List<String> names;
    private final double[] shares;
    private final double consistencyRatio;

    private Weights(String[] names, double[] answer) {
        this.names = List.of(names);
        shares = Arrays.copyOf(answer, names.length);
        consistencyRatio = answer[names.length];
    }

    /**
     * Makes weights.
     *
     * @param names of the criteria
     * @param matrix entry (i, j): how many times i is as important as j; NaN in both places if the pair was not judged
     */
    public static Weights ahp(String[] names, double[][] matrix) {
        int count = names.length;
        if (matrix.length != count) {
            throw new IllegalArgumentException("the matrix has " + matrix.length + " rows for " + count + " names");
        }
        double[] cells = new double[Math.multiplyExact(count, count)];
        for (int i = 0; i < count; i++) {
            if (matrix[i].length != count) {
                throw new IllegalArgumentException(
                        "row " + i + " of the matrix has " + matrix[i].length + " cells for " + count + " names");
            }
            System.arraycopy(matrix[i], 0, cells, i * count, count);
        }
        return new Weights(names, Native.ahp(Native.bytes(names), cells));
    }

    /** Names of the criteria, in order. */
    public List<String> names() {
        return names;
    }

    /** The share of each, 1 together. */
    public double[] shares() {
        return shares.clone();
    }

    /** Below 0.1 the judgements are consistent enough; NaN where there is no random index for so many criteria. */
    public double consistencyRatio() {
        return consistencyRatio;
    }
}
