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
package io.github.camelsora.benchmarks.measure;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Named numbers, as one line of JSON. A number that could not be measured is not there. */
public record Figures(@JsonValue Map<String, Double> values) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Figures() {
        this(new LinkedHashMap<>());
    }

    /** Clients may print other lines. */
    public static boolean isLine(String line) {
        return line.startsWith("{");
    }

    public static Figures parse(String line) {
        try {
            return new Figures(JSON.readValue(line, new TypeReference<LinkedHashMap<String, Double>>() { }));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Figures put(String name, double value) {
        if (Double.isFinite(value)) {
            // as many digits as anybody reads
            values.put(name, Math.rint(value * 1000) / 1000);
        }
        return this;
    }

    public double get(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    public String line() {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
