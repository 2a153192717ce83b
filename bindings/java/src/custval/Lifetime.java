// SPDX-License-Identifier: Apache-2.0
package custval;

/** A lifetime model with its parameters, made from its document. It never changes. */
public final class Lifetime implements AutoCloseable {
    private final Handle handle;

    private Lifetime(long address) {
        handle = Handle.of(this, address, Native::lifetimeFree, null);
    }

    /** Makes a lifetime from a document. */
    public static Lifetime parse(String document) {
        return new Lifetime(Native.lifetimeParse(Native.given(document)));
    }

    /** What is predicted, see custval_lifetime_output. */
    public enum Output {
        ALIVE,
        LOG_ALIVE,
        ALIVE_LATER,
        EXPECTED,
        EXPECTED_DEVIATION,
        NONE,
        RESIDUAL,
        SPEND,
        VALUE,
        VALUE_DEVIATION,
        LOG_LIKELIHOOD
    }

    /** Over which horizon, and how money counts; see custval_lifetime_predict_options. */
    public static final class Horizon {
        private final double units;
        private double cashPeriod = 1;
        private double rate;
        private double ratePeriod = 1;
        private double margin = 1;
        private double cost;
        private String spendColumn;

        /** So many units of time ahead. */
        public Horizon(double units) {
            this.units = units;
        }

        /** Units of a cash period. */
        public Horizon cashPeriod(double units) {
            cashPeriod = units;
            return this;
        }

        /** Discount rate per so many units: 10 % a year of weekly data is 0.10 per 52.1786. */
        public Horizon rate(double perPeriod, double period) {
            rate = perPeriod;
            ratePeriod = period;
            return this;
        }

        /** Share of the spend that is margin. */
        public Horizon margin(double share) {
            margin = share;
            return this;
        }

        /** Cost per cash period while the customer is alive. */
        public Horizon cost(double perPeriod) {
            cost = perPeriod;
            return this;
        }

        /** Column with the expected spend of a purchase, instead of the model's. */
        public Horizon spendColumn(String name) {
            spendColumn = name;
            return this;
        }
    }

    /** Predicts for each row (x, t_x, T, and mean_spend where money is asked for); without outputs the usual ones. */
    public Table predict(Table table, Horizon horizon, Output... outputs) {
        return handle.with(table.handle, (lifetime, rows) ->
                new Table(Native.lifetimePredict(
                        lifetime,
                        rows,
                        bits(outputs),
                        horizon.units,
                        horizon.cashPeriod,
                        horizon.rate,
                        horizon.ratePeriod,
                        horizon.margin,
                        horizon.cost,
                        Native.bytes(horizon.spendColumn))));
    }

    private static int bits(Output[] outputs) {
        int bits = 0;
        for (Output output : outputs) {
            bits |= 1 << output.ordinal();
        }
        return bits;
    }

    @Override
    public void close() {
        handle.close();
    }
}
