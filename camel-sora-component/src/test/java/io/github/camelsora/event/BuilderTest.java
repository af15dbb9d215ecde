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
package io.github.camelsora.event;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The builders set every component, each under its own name. */
class BuilderTest {

    /** A value for each component, different from all others. */
    private static Map<String, Object> values(Class<?> record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            values.put(component.getName(), value(component, values.size() + 1));
        }
        return values;
    }

    private static Object value(RecordComponent component, int number) {
        Class<?> type = component.getType();
        if (type == int.class || type == Integer.class) {
            return number;
        }
        if (type == Long.class) {
            return (long) number;
        }
        if (type == SoraUsage.class) {
            return new SoraUsage(1, 2, 3);
        }
        if (type == List.class) {
            return component.getName().equals("messages") ? List.of(SoraMessage.user("" + number)) : List.of("" + number);
        }
        return "" + number;
    }

    private static Map<String, Object> read(Object record) throws ReflectiveOperationException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            values.put(component.getName(), component.getAccessor().invoke(record));
        }
        return values;
    }

    private static Object build(Object builder, Map<String, Object> values) throws ReflectiveOperationException {
        for (RecordComponent component : builder.getClass().getDeclaringClass().getRecordComponents()) {
            builder.getClass().getMethod(component.getName(), component.getType())
                    .invoke(builder, values.get(component.getName()));
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    @Test
    void factsAreSetByName() throws ReflectiveOperationException {
        Map<String, Object> values = values(SoraFacts.class);
        assertThat(read(build(SoraFacts.builder(), values))).isEqualTo(values);
    }

    @Test
    void aResultIsSetByName() throws ReflectiveOperationException {
        Map<String, Object> values = values(SoraVideo.class);
        assertThat(read(build(SoraVideo.builder(), values))).isEqualTo(values);
    }

    @Test
    void unknownFactsAreTakenFromOthers() throws ReflectiveOperationException {
        Map<String, Object> values = values(SoraFacts.class);
        SoraFacts all = (SoraFacts) build(SoraFacts.builder(), values);
        SoraFacts facts = SoraFacts.builder().sequence(7).taskId("own").build().or(all);
        values.put("sequence", 7);
        values.put("taskId", "own");
        assertThat(read(facts)).isEqualTo(values);
        values.put("sequence", 8);
        assertThat(read(facts.at(8))).isEqualTo(values);
        values.put("time", 80L);
        values.put("progress", 50);
        assertThat(read(facts.at(8, 80L, 50))).isEqualTo(values);
    }

    @Test
    void knownFactsStayWhateverOthersSay() throws ReflectiveOperationException {
        Map<String, Object> values = values(SoraFacts.class);
        SoraFacts all = (SoraFacts) build(SoraFacts.builder(), values);
        assertThat(read(all.or(SoraFacts.builder().sequence(9).gateway("other").time(0L).build()))).isEqualTo(values);
    }
}
