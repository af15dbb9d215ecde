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

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.management.ObjectName;

import io.github.camelsora.event.SoraVideo;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The threads of the component are Camel's. */
class PoolsTest extends SoraRouteTest {

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withJMX(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getManagementStrategy().getManagementAgent().setRegisterAlways(true);
        return context;
    }

    private Set<String> poolsInJmx() throws Exception {
        return ManagementFactory.getPlatformMBeanServer().queryNames(new ObjectName(
                "org.apache.camel:context=" + context.getName() + ",type=threadpools,*"), null).stream()
                .map(name -> ObjectName.unquote(name.getKeyProperty("name")).replaceFirst("\\(.*", ""))
                .filter(name -> !name.startsWith("Producer") && !name.startsWith("Default")).collect(Collectors.toSet());
    }

    @Test
    void poolsAreInJmxAsLongAsTheComponentRuns() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        assertThat(send("direct:in", "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(poolsInJmx()).contains("WorkerPools", "SoraTimer", "SoraRecovery");
        context.getComponent("sora").stop();
        assertThat(poolsInJmx()).doesNotContain("WorkerPools", "SoraTimer", "SoraRecovery");
        context.getComponent("sora").start();
        assertThat(poolsInJmx()).contains("WorkerPools", "SoraTimer", "SoraRecovery");
        assertThat(send("direct:in", "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    @Test
    void aPoolThatRunsTasksInTheCallerIsAnErrorAtStart() {
        ExecutorService pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1),
                new ThreadPoolExecutor.CallerRunsPolicy());
        context.getRegistry().bind("pool", pool);
        assertThatThrownBy(() -> routes(route -> route.from("direct:in").to("sora:generate?workerPool=#pool")))
                .isInstanceOf(FailedToStartRouteException.class).hasStackTraceContaining("CallerRunsPolicy");
        pool.shutdownNow();
    }
}
