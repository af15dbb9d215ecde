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

import java.util.List;
import java.util.Map;

import io.github.camelsora.internal.observe.Snapshot;
import io.github.camelsora.internal.observe.SnapshotRows;
import io.github.camelsora.internal.observe.SnapshotText;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The dev console {@code sora}: generations in flight, totals and recent failures of every Sora component, as text and as JSON.
 * Shows no prompt, no link and no key. The option {@code limit} says how many generations are listed, 100 by default.
 */
@DevConsole(name = "sora", displayName = "Sora", description = "Video generations in flight, and what became of others")
public class SoraDevConsole extends AbstractDevConsole {

    /** How many generations in flight are listed. */
    public static final String LIMIT = "limit";

    private static final int DEFAULT_LIMIT = 100;

    public SoraDevConsole() {
        super("camel", "sora", "Sora", "Video generations in flight, and what became of others");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (String name : names()) {
            text.append(String.format("%s:%n", name)).append(SnapshotText.of(snapshot(name), limit(options)));
        }
        return text.toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray components = new JsonArray();
        for (String name : names()) {
            Snapshot snapshot = snapshot(name);
            JsonObject component = new JsonObject();
            component.put("name", name);
            component.put("totals", new JsonObject(SnapshotRows.totals(snapshot)));
            component.put("generations", array(SnapshotRows.running(snapshot, limit(options))));
            component.put("recentFailures", array(SnapshotRows.failures(snapshot)));
            components.add(component);
        }
        JsonObject root = new JsonObject();
        root.put("components", components);
        return root;
    }

    private static JsonArray array(List<Map<String, @Nullable Object>> rows) {
        JsonArray array = new JsonArray();
        for (Map<String, @Nullable Object> row : rows) {
            JsonObject object = new JsonObject();
            row.forEach((name, value) -> {
                if (value != null) {
                    object.put(name, value);
                }
            });
            array.add(object);
        }
        return array;
    }

    private static int limit(Map<String, Object> options) {
        return Math.max(0, Integer.parseInt(String.valueOf(options.getOrDefault(LIMIT, DEFAULT_LIMIT))));
    }

    private List<String> names() {
        return getCamelContext().getComponentNames().stream()
                .filter(name -> getCamelContext().hasComponent(name) instanceof SoraComponent).sorted().toList();
    }

    private Snapshot snapshot(String name) {
        return getCamelContext().hasComponent(name) instanceof SoraComponent component ? component.snapshot() : Snapshot.NONE;
    }
}
