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
package io.github.camelsora;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The AsciiDoc page of the component: its tables and its examples. */
record ComponentPage(String text) {

    static final Path FILE = Path.of(System.getProperty("basedir", "."), "src/main/docs/sora-component.adoc");

    static ComponentPage read() {
        try {
            return new ComponentPage(Files.readString(FILE, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows of the table whose header begins with this column; cells without backticks and marks. */
    List<List<String>> table(String firstColumn) {
        int header = text.indexOf("\n| " + firstColumn + " |");
        if (header < 0) {
            throw new AssertionError("The page has no table that begins with the column " + firstColumn);
        }
        int begin = text.indexOf('\n', header + 1);
        String rows = text.substring(begin, text.indexOf("\n|===", begin));
        long columns = text.substring(header, begin).chars().filter(c -> c == '|').count();
        List<String> cells = Arrays.stream(rows.split("(?<!\\\\)\\|")).skip(1)
                .map(cell -> cell.strip().replace("`", "")).toList();
        List<List<String>> table = new ArrayList<>();
        for (int i = 0; i < cells.size(); i += (int) columns) {
            table.add(cells.subList(i, i + (int) columns));
        }
        return table;
    }

    List<PageExample> examples() {
        return PageExample.in(text);
    }
}
