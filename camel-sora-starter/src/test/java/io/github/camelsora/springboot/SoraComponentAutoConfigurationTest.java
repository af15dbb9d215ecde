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
package io.github.camelsora.springboot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SoraComponentAutoConfigurationTest {

    private static final String PREFIX = "camel.component.sora.";

    private final ApplicationContextRunner withoutCamel = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, SoraComponentAutoConfiguration.class));
    private final ApplicationContextRunner application = withoutCamel
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class));

    @Test
    void gatewayAndKeyAreEnough() {
        application.withPropertyValues(PREFIX + "gateway=piapi", PREFIX + "api-key=secret").run(context -> {
            SoraConfiguration options = component(context).getConfiguration();
            assertThat(options.getGateway()).isEqualTo("piapi");
            assertThat(options.getApiKey()).isEqualTo("secret");
            assertThat(context.getBean(CamelContext.class).getEndpoint("sora:generate", SoraEndpoint.class).getServiceUrl())
                    .isEqualTo("https://api.piapi.ai");
        });
    }

    @Test
    void optionsReachTheComponentInTheirTypes() {
        application.withPropertyValues(PREFIX + "base-url=https://gateway.example/v1", PREFIX + "apiKeyHeader=X-API-Key",
                PREFIX + "connect-timeout=2s", PREFIX + "streaming-read-timeout=90s", PREFIX + "requestTimeout=PT2H",
                PREFIX + "stream-replies-to=direct:progress", PREFIX + "stop-on-exception=true",
                PREFIX + "max-history-messages=7", PREFIX + "max-payload-size=4096", PREFIX + "proxy-host=proxy.example",
                PREFIX + "proxy-port=3128", PREFIX + "use-global-ssl-context-parameters=true",
                PREFIX + "lazy-start-producer=true").run(context -> {
                    SoraComponent component = component(context);
                    SoraConfiguration options = component.getConfiguration();
                    assertThat(options.getBaseUrl()).isEqualTo("https://gateway.example/v1");
                    assertThat(options.getApiKeyHeader()).isEqualTo("X-API-Key");
                    assertThat(options.getConnectTimeout()).isEqualTo(2_000);
                    assertThat(options.getStreamingReadTimeout()).isEqualTo(90_000);
                    assertThat(options.getRequestTimeout()).isEqualTo(7_200_000);
                    assertThat(options.getStreamRepliesTo()).isEqualTo("direct:progress");
                    assertThat(options.isStopOnException()).isTrue();
                    assertThat(options.getMaxHistoryMessages()).isEqualTo(7);
                    assertThat(options.getMaxPayloadSize()).isEqualTo(4096);
                    assertThat(options.getProxyHost()).isEqualTo("proxy.example");
                    assertThat(options.getProxyPort()).isEqualTo(3128);
                    assertThat(component.isUseGlobalSslContextParameters()).isTrue();
                    assertThat(component.isLazyStartProducer()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({ "max-payload-size, maxPayloadSize", "max-prompt-size, maxPromptSize" })
    void aSizeThatIsNoneIsToldHowToWriteOne(String property, String option) {
        application.withPropertyValues(PREFIX + property + "=1 QiB").run(context -> assertThatThrownBy(() -> component(context))
                .hasRootCauseMessage(option + "=1 QiB is no size: write it like 512KB, 1MB or 1 MiB (a KB is 1,024 bytes), "
                        + "or in bytes, from 1 to 2147483647"));
    }

    @Test
    void aSizeMayHaveAUnit() {
        application.withPropertyValues(PREFIX + "max-payload-size=2 MiB", PREFIX + "max-prompt-size=512KB").run(context -> {
            SoraConfiguration options = component(context).getConfiguration();
            assertThat(options.getMaxPayloadSize()).isEqualTo(2 << 20);
            assertThat(options.getMaxPromptSize()).isEqualTo(512 << 10);
        });
    }

    /** ${…} would be a placeholder of Spring. */
    @Test
    void aRequestKeyIsASimpleExpressionThatSpringLeavesAlone() {
        application.withPropertyValues(PREFIX + "request-key=$simple{header.orderId}", PREFIX + "resubmit-lost=true")
                .run(context -> {
                    SoraConfiguration options = component(context).getConfiguration();
                    assertThat(options.getRequestKey()).isEqualTo("$simple{header.orderId}");
                    assertThat(options.isResubmitLost()).isTrue();
                });
    }

    @Test
    void headersAndBodyPropertiesKeepTheirNames() {
        application.withPropertyValues(PREFIX + "additional-header.X-Trace=on", PREFIX + "additional-body-property.duration=15",
                PREFIX + "additional-body-property.[aspect_ratio]=16:9").run(context -> {
                    SoraConfiguration options = component(context).getConfiguration();
                    assertThat(options.getAdditionalHeader()).isEqualTo(Map.of("X-Trace", "on"));
                    assertThat(options.getAdditionalBodyProperty()).isEqualTo(Map.of("duration", "15", "aspect_ratio", "16:9"));
                });
    }

    @Test
    void namedGatewaysKeepTheirOwnOptions() {
        application.withPropertyValues(PREFIX + "gateways.acme.base-url=https://acme.example",
                PREFIX + "gateways.acme.api-key=secret", PREFIX + "gateways.acme.api-key-header=X-Key",
                PREFIX + "gateways.acme.model=acme-1", PREFIX + "gateways.acme.source-url=https://acme.example/{taskId}",
                PREFIX + "gateways.our-own.base-url=https://own.example").run(context -> {
                    SoraComponent component = component(context);
                    assertThat(component.getGateways()).containsOnlyKeys("acme", "our-own");
                    assertThat(component.getGateways().get("acme")).satisfies(acme -> {
                        assertThat(acme.getBaseUrl()).isEqualTo("https://acme.example");
                        assertThat(acme.getApiKey()).isEqualTo("secret");
                        assertThat(acme.getApiKeyHeader()).isEqualTo("X-Key");
                        assertThat(acme.getModel()).isEqualTo("acme-1");
                        assertThat(acme.getSourceUrl()).isEqualTo("https://acme.example/{taskId}");
                    });
                    assertThat(context.getBean(CamelContext.class)
                            .getEndpoint("sora:generate?gateway=acme", SoraEndpoint.class).getServiceUrl())
                            .isEqualTo("https://acme.example");
                });
    }

    @Test
    void optionsCanReferToBeansByHashName() {
        ExecutorService threads = Executors.newCachedThreadPool();
        SSLContextParameters tls = new SSLContextParameters();
        application.withBean("threads", ExecutorService.class, () -> threads)
                .withBean("tls", SSLContextParameters.class, () -> tls)
                .withPropertyValues(PREFIX + "worker-pool=#threads", PREFIX + "ssl-context-parameters=#bean:tls")
                .run(context -> {
                    assertThat(component(context).getConfiguration().getWorkerPool()).isSameAs(threads);
                    assertThat(component(context).getConfiguration().getSslContextParameters()).isSameAs(tls);
                });
    }

    @Test
    void aConfigurationBeanKeepsWhatNoPropertySets() {
        SoraConfiguration configuration = new SoraConfiguration();
        configuration.setGateway("chainhub");
        configuration.setModel("sora-2");
        application.withBean("ours", SoraConfiguration.class, () -> configuration)
                .withPropertyValues(PREFIX + "configuration=#ours", PREFIX + "model=sora-2-pro").run(context -> {
                    assertThat(component(context).getConfiguration().getGateway()).isEqualTo("chainhub");
                    assertThat(component(context).getConfiguration().getModel()).isEqualTo("sora-2-pro");
                });
    }

    @Test
    void backsOffWithoutCamel() {
        withoutCamel.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ComponentCustomizer.class)
                .doesNotHaveBean(SoraComponentConfiguration.class));
    }

    @ParameterizedTest
    @CsvSource({ "camel.component.sora.enabled", "camel.component.enabled" })
    void backsOffWhenDisabled(String property) {
        application.withPropertyValues(property + "=false", PREFIX + "gateway=piapi").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean("configureSoraComponent");
            assertThat(component(context).getConfiguration().getGateway()).isEqualTo("goapi");
        });
    }

    @Test
    void theCustomizerCanBeSwitchedOff() {
        application.withPropertyValues(PREFIX + "customizer.enabled=false", PREFIX + "gateway=piapi")
                .run(context -> assertThat(component(context).getConfiguration().getGateway()).isEqualTo("goapi"));
    }

    @ParameterizedTest
    @CsvSource({ "connect-timeout, soon", "max-history-messages, many", "streaming, perhaps", "worker-pool, #nobody",
            "ssl-context-parameters, #nobody" })
    void aBadValueFailsWithTheNameOfItsProperty(String option, String value) {
        application.withPropertyValues(PREFIX + option + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("Failed to bind properties under '" + PREFIX + option);
        });
    }

    @Test
    void anUnknownBundleFailsWithTheNameOfItsProperty() {
        application.withPropertyValues(PREFIX + "ssl-bundle=nobody").run(context -> assertThatThrownBy(() -> component(context))
                .hasStackTraceContaining("camel.component.sora.ssl-bundle=nobody: there is no such bundle"));
    }

    @Test
    void aBundleAndParametersExcludeEachOther() {
        application.withBean("tls", SSLContextParameters.class, SSLContextParameters::new)
                .withPropertyValues(PREFIX + "ssl-bundle=any", PREFIX + "ssl-context-parameters=#tls")
                .run(context -> assertThatThrownBy(() -> component(context)).hasStackTraceContaining("exclude each other"));
    }

    @Test
    void tasksAreRememberedInMemoryUnlessAPropertySaysOtherwise() {
        database().run(context -> {
            assertThat(context).doesNotHaveBean(SoraTaskRepository.class);
            assertThat(component(context).getConfiguration().getTaskRepository()).isNull();
        });
    }

    @Test
    void tasksAreRememberedInTheDatabaseOfTheApplication() {
        database().withPropertyValues(PREFIX + "jdbc-task-repository=true").run(context -> {
            SoraTaskRepository repository = component(context).getConfiguration().getTaskRepository();
            assertThat(repository).isSameAs(context.getBean(JdbcTaskRepository.class));
            repository.renewLease();
            try (Connection connection = context.getBean(DataSource.class).getConnection();
                    ResultSet owners = connection.createStatement().executeQuery("SELECT COUNT(*) FROM sora_task_owner")) {
                assertThat(owners.next()).isTrue();
                assertThat(owners.getInt(1)).isEqualTo(1);
            }
        });
    }

    @Test
    void documentedRoutesFindTheRepositoryByTheNameOfItsBean() throws IOException {
        for (String page : List.of("../docs/fleet.md", "../docs/recipes.md")) {
            Matcher bean = Pattern.compile("ref: (\\w+)\\s+method: unfinished\\(").matcher(Files.readString(Path.of(page)));
            assertThat(bean.find()).as(page).isTrue();
            database().withPropertyValues(PREFIX + "jdbc-task-repository=true").run(context -> assertThat(context)
                    .getBean(bean.group(1)).isInstanceOf(JdbcTaskRepository.class));
        }
    }

    @Test
    void repositoryBeanOfTheApplicationTakesPrecedence() {
        MemoryTaskRepository ours = new MemoryTaskRepository();
        application.withBean("ours", SoraTaskRepository.class, () -> ours)
                .withPropertyValues(PREFIX + "task-repository=#ours")
                .run(context -> assertThat(component(context).getConfiguration().getTaskRepository()).isSameAs(ours));
        database().withBean("ours", SoraTaskRepository.class, () -> ours)
                .withPropertyValues(PREFIX + "jdbc-task-repository=true")
                .run(context -> assertThat(component(context).getConfiguration().getTaskRepository()).isSameAs(ours));
    }

    @Test
    void aJdbcTaskRepositoryNeedsADataSource() {
        application.withPropertyValues(PREFIX + "jdbc-task-repository=true").run(context -> assertThat(context).hasFailed()
                .getFailure().hasStackTraceContaining("jdbc-task-repository=true needs one DataSource bean"));
    }

    @Test
    void aJdbcTaskRepositoryAndAnotherOneExcludeEachOther() {
        database().withBean("ours", SoraTaskRepository.class, MemoryTaskRepository::new)
                .withPropertyValues(PREFIX + "jdbc-task-repository=true", PREFIX + "task-repository=#ours")
                .run(context -> assertThatThrownBy(() -> component(context)).hasStackTraceContaining("exclude each other"));
    }

    private ApplicationContextRunner database() {
        return application.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withPropertyValues("spring.datasource.generate-unique-name=true");
    }

    private static SoraComponent component(AssertableApplicationContext context) {
        return context.getBean(CamelContext.class).getComponent("sora", SoraComponent.class);
    }
}
