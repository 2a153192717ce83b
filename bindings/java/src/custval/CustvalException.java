// SPDX-License-Identifier: Apache-2.0
package custval;

/** What the library refuses: the message names the node, column, row and value concerned. */
public final class CustvalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String status;
    private final long row;

    CustvalException(int code, byte[] status, byte[] message, long row) {
        super(Native.text(message));
        this.code = code;
        this.status = Native.text(status);
        this.row = row;
    }

    /** The number of the status, below 0. */
    public int code() {
        return code;
    }

    /** The status as the C interface calls it, for example {@code CUSTVAL_ERROR_DOCUMENT}. */
    public String status() {
        return status;
    }

    /** The row concerned, counted from 0; -1 if it is none. */
    public long row() {
        return row;
    }
}
