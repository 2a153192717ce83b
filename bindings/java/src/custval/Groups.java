// SPDX-License-Identifier: Apache-2.0
package custval;

import java.util.List;

/** Groups of customers that are managed apart, made from their document. They never change. */
public final class Groups implements AutoCloseable {
    private final Handle handle;
    private final List<String> columns;

    private Groups(long address) {
        handle = Handle.of(this, address, Native::groupsFree, null);
        columns = List.of(Native.texts(Native.groupsColumns(address)));
    }

    /** Makes groups from a document. */
    public static Groups parse(String document) {
        return new Groups(Native.groupsParse(Native.given(document)));
    }

    /** The columns that the measures read: the order of the cells of a row. */
    public List<String> columns() {
        return columns;
    }

    /** The group of each row, its levels, and a status. */
    public Table assign(Table table) {
        return handle.with(table.handle, (groups, rows) -> new Table(Native.groupsAssign(groups, rows)));
    }

    /** The id of the group of one customer, null if there is none; of groups with cuts, not quantiles. */
    public String group(double... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "the groups read " + columns.size() + " cells " + columns + ", not " + cells.length);
        }
        try (Table table = new Table(1)) {
            for (int i = 0; i < cells.length; i++) {
                // Two measures may read one column.
                if (columns.indexOf(columns.get(i)) == i) {
                    table.add(columns.get(i), new double[] {cells[i]});
                }
            }
            try (Table assigned = assign(table)) {
                return assigned.texts("group")[0];
            }
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
