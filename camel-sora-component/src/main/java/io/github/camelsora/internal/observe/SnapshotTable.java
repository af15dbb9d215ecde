/*
 * Copyright the Camel Sora authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.github.camelsora.internal.observe;

import java.util.List;
import java.util.Map;

import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

import org.jspecify.annotations.Nullable;

/** Rows as a table of JMX. All values are texts, so that every console shows them; what is not known is empty. */
public final class SnapshotTable {

    private static final String INDEX = "index";

    private SnapshotTable() {
    }

    /**
     * A table.
     *
     * @param columns of all rows, in this order
     */
    public static TabularData of(String name, List<String> columns, List<Map<String, @Nullable Object>> rows) {
        try {
            String[] names = new String[columns.size() + 1];
            OpenType<?>[] types = new OpenType<?>[names.length];
            names[0] = INDEX;
            types[0] = SimpleType.INTEGER;
            for (int i = 1; i < names.length; i++) {
                names[i] = columns.get(i - 1);
                types[i] = SimpleType.STRING;
            }
            CompositeType row = new CompositeType(name, name, names, names, types);
            TabularDataSupport table = new TabularDataSupport(new TabularType(name, name, row, new String[] { INDEX }));
            for (int i = 0; i < rows.size(); i++) {
                Object[] values = new Object[names.length];
                values[0] = i + 1;
                for (int j = 1; j < names.length; j++) {
                    Object value = rows.get(i).get(names[j]);
                    values[j] = value == null ? "" : value.toString();
                }
                table.put(new CompositeDataSupport(row, names, values));
            }
            return table;
        } catch (OpenDataException e) {
            throw new IllegalStateException("The table has a row that does not fit", e);
        }
    }
}
