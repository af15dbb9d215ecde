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
package io.github.camelsora.benchmarks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.camelsora.benchmarks.measure.Figures;

/** Of several measurements of the same, each figure's median. */
final class Medians {

    private Medians() {
    }

    static Figures of(List<Figures> measured) {
        Set<String> names = new LinkedHashSet<>();
        measured.forEach(figures -> names.addAll(figures.values().keySet()));
        Figures medians = new Figures();
        for (String name : names) {
            double[] values = measured.stream().mapToDouble(figures -> figures.get(name)).filter(Double::isFinite).sorted()
                    .toArray();
            medians.put(name, values[values.length / 2]);
        }
        return medians;
    }
}
