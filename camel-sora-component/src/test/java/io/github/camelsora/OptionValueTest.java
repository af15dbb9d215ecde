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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How durations and sizes are written, and what is said to a text that is none. */
class OptionValueTest {

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private SoraConfiguration options(String parameters) {
        context.start();
        return context.getEndpoint("sora:generate?apiKey=sk-secret&" + parameters, SoraEndpoint.class).getConfiguration();
    }

    @ParameterizedTest
    @CsvSource({ "1 MiB, 1048576", "1MB, 1048576", "1mb, 1048576", "512KB, 524288", "512 k, 524288", "1048576, 1048576",
            "100 B, 100", "1g, 1073741824" })
    void sizesHaveUnits(String text, int bytes) {
        assertThat(options("maxPayloadSize=" + text + "&max-prompt-size=" + text).getMaxPayloadSize()).isEqualTo(bytes);
        assertThat(options("maxPayloadSize=" + text + "&max-prompt-size=" + text).getMaxPromptSize()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = { "many", "0", "-1", "1.5MB", "1 parsec", "", "5m5", "3GB", "99999999999" })
    void whatIsNoSizeIsToldHowToWriteOne(String text) {
        assertThatThrownBy(() -> options("maxPayloadSize=" + text)).hasStackTraceContaining("maxPayloadSize=" + text
                + " is no size: write it like 512KB, 1MB or 1 MiB");
    }

    @ParameterizedTest
    @CsvSource({ "30s, 30000", "500ms, 500", "1h30m, 5400000", "1 h 30 min, 5400000", "PT5S, 5000", "1234, 1234",
            "2d, 172800000", "1s500ms, 1500", "5min, 300000", "20M, 1200000" })
    void durationsHaveUnits(String text, long millis) {
        assertThat(options("promptTimeout=" + text).getPromptTimeout()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = { "soon", "-5s", "0", "0s", "5x", "1h5x", "5 parsecs", "", "30m1h", "PT-5S", "1.5s" })
    void whatIsNoDurationIsToldHowToWriteOne(String text) {
        for (String option : new String[] {"connectTimeout", "recovery-delay", "configuration.requestTimeout"}) {
            assertThatThrownBy(() -> options(option + "=" + text)).isInstanceOf(ResolveEndpointFailedException.class)
                    .hasMessageContaining("=" + text + " is no length of time: write it like 500ms, 30s, 5m or 1h30m")
                    .hasMessageNotContaining("sk-secret");
        }
    }

    @Test
    void propertiesOfTheComponentSayTheSame(@TempDir Path folder) throws Exception {
        for (String[] row : new String[][] {{"recoveryTimeout", "-5s", " is no length of time"},
                {"maxPayloadSize", "1 PB", " is no size"}}) {
            Path properties = Files.writeString(folder.resolve("p.properties"),
                    "camel.component.sora." + row[0] + " = " + row[1]);
            Main main = new Main();
            main.setPropertyPlaceholderLocations("file:" + properties);
            assertThatThrownBy(main::start).hasStackTraceContaining(row[0] + "=" + row[1] + row[2]);
            main.stop();
        }
        Path properties = Files.writeString(folder.resolve("p.properties"),
                "camel.component.sora.recovery-timeout = 1h30m\ncamel.component.sora.max-payload-size = 2 MiB\n");
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + properties);
        main.start();
        SoraConfiguration options = main.getCamelContext().getComponent("sora", SoraComponent.class).getConfiguration();
        assertThat(options.getRecoveryTimeout()).isEqualTo(5_400_000);
        assertThat(options.getMaxPayloadSize()).isEqualTo(2 * 1024 * 1024);
        main.stop();
    }

    @Test
    void valuesSetInJavaAreCheckedToo() {
        context.getComponent("sora", SoraComponent.class).getConfiguration().setConnectTimeout(-1);
        assertThatThrownBy(() -> options("model=m")).hasStackTraceContaining("connectTimeout=-1 is no length of time");
    }

    @Property
    void aNumberIsMillisecondsOrBytes(@ForAll @LongRange(min = 1, max = 1L << 40) long millis,
            @ForAll @IntRange(min = 1) int bytes) {
        assertThat(OptionValue.duration("x", String.valueOf(millis)).toMillis()).isEqualTo(millis);
        assertThat(OptionValue.size("x", String.valueOf(bytes))).isEqualTo(bytes);
    }

    @Property
    void anyOtherTextIsAnErrorAndNeverNothing(@ForAll @StringLength(max = 12) @CharRange(from = ' ', to = 'z') String text) {
        try {
            assertThat(OptionValue.duration("x", text)).isPositive();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("write it like");
        }
        try {
            assertThat(OptionValue.size("x", text)).isPositive();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("write it like");
        }
    }

    @Test
    void everyDurationIsReadStrictly() throws Exception {
        ComponentModel model = JsonMapper.generateComponentModel(
                Files.readString(Path.of("target/classes/META-INF/io/github/camelsora/sora.json")));
        assertThat(model.getEndpointParameterOptions().stream().filter(option -> option.getType().equals("duration"))
                .map(option -> option.getName().toLowerCase()).collect(Collectors.toSet())).isEqualTo(DurationOptions.NAMES);
    }

    @ParameterizedTest
    @CsvSource({ "sora, sora names no operation; use sora:generate",
            "sora:generat, sora:generat is no operation; did you mean sora:generate?",
            "sora:Generate, sora:Generate is no operation; did you mean sora:generate?",
            "sora:resum?apiKey=k, sora:resum is no operation; did you mean sora:resume?",
            "sora:dance, sora:dance is no operation; use sora:generate" })
    void anUnknownOperationIsToldWhatThereIs(String uri, String said) {
        context.start();
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasMessageContaining(said)
                .hasMessageContaining(Arrays.stream(SoraOperation.values()).map(each -> "sora:" + each)
                        .collect(Collectors.joining(", ")));
    }
}
