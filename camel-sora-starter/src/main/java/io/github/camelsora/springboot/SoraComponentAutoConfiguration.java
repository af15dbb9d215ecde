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

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Gives the component {@code sora} the options that {@code camel.component.sora.*} set, when Camel first needs it. Backs off
 * without a Camel context, and with {@code camel.component.sora.enabled=false}. A property that there is not ends the start.
 */
@AutoConfiguration(after = { CamelAutoConfiguration.class, DataSourceAutoConfiguration.class })
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({ "camel.component", "camel.component.sora" })
@EnableConfigurationProperties({ ComponentConfigurationProperties.class, SoraComponentConfiguration.class })
public class SoraComponentAutoConfiguration {

    /** Properties that are not copied: the starter's own, and {@code configuration}, which is applied first. */
    private static final Set<String> STARTERS_OWN = Set.of("enabled", "customizer", "sslBundle", "configuration",
            "jdbcTaskRepository");

    @Bean
    @ConfigurationPropertiesBinding
    static BeanReferenceConverter soraBeanReferenceConverter(BeanFactory beans) {
        return new BeanReferenceConverter(beans);
    }

    /** A bean, so that the application can use it too, for example to list what is not finished. */
    @Bean
    @ConditionalOnProperty("camel.component.sora.jdbc-task-repository")
    @ConditionalOnMissingBean(SoraTaskRepository.class)
    JdbcTaskRepository soraTaskRepository(ObjectProvider<DataSource> dataSources) {
        DataSource dataSource = dataSources.getIfUnique();
        if (dataSource == null) {
            throw new IllegalArgumentException("camel.component.sora.jdbc-task-repository=true needs one DataSource bean, or a "
                    + "primary one. If there are several, define a JdbcTaskRepository bean");
        }
        JdbcTaskRepository repository = new JdbcTaskRepository(dataSource);
        repository.setCreateSchema(true);
        return repository;
    }

    /** Before any other bean, and also where beans are made lazily. */
    @Bean
    static BeanFactoryPostProcessor soraPropertyCheck(Environment environment) {
        return beans -> new PropertyCheck().check(environment);
    }

    @Lazy
    @Bean
    ComponentCustomizer configureSoraComponent(ApplicationContext application, CamelContext camel,
            SoraComponentConfiguration properties, ObjectProvider<SslBundles> bundles,
            ObjectProvider<SoraTaskRepository> repositories) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                apply(camel, properties, (SoraComponent) target);
                if (properties.getSslBundle() != null) {
                    useBundle(properties, bundles.getObject(), (SoraComponent) target);
                }
                if (Boolean.TRUE.equals(properties.getJdbcTaskRepository())) {
                    useRepository(properties, repositories.getObject(), (SoraComponent) target);
                }
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                return target instanceof SoraComponent && HierarchicalPropertiesEvaluator.evaluate(application,
                        "camel.component.customizer", "camel.component.sora.customizer");
            }
        };
    }

    /** Copies the properties that were set. The others keep the value of the component or its configuration bean. */
    private static void apply(CamelContext camel, SoraComponentConfiguration properties, SoraComponent component) {
        if (properties.getConfiguration() != null) {
            component.setConfiguration(properties.getConfiguration());
        }
        Map<String, Object> set = CamelPropertiesHelper.getNonNullProperties(camel, properties);
        set.keySet().removeAll(STARTERS_OWN);
        set.entrySet().removeAll(CamelPropertiesHelper.getNonNullProperties(camel, new SoraComponentConfiguration())
                .entrySet());
        // Not through the helper: where it cannot set a value, it looks for a bean of that name, and tells only of that.
        applySize(camel, set.remove("maxPayloadSize"), component.getConfiguration()::setMaxPayloadSize);
        applySize(camel, set.remove("maxDownloadSize"), component.getConfiguration()::setMaxDownloadSize);
        applySize(camel, set.remove("maxPromptSize"), component.getConfiguration()::setMaxPromptSize);
        CamelPropertiesHelper.setCamelProperties(camel, component, set, true);
    }

    private static void applySize(CamelContext camel, Object size, Consumer<String> option) {
        if (size != null) {
            option.accept(camel.resolvePropertyPlaceholders(size.toString()));
        }
    }

    private static void useBundle(SoraComponentConfiguration properties, SslBundles bundles, SoraComponent component) {
        String name = properties.getSslBundle();
        if (properties.getSslContextParameters() != null) {
            throw new IllegalArgumentException("camel.component.sora.ssl-bundle and camel.component.sora.ssl-context-parameters"
                    + " exclude each other");
        }
        try {
            component.getConfiguration().setSslContextParameters(new BundleContextParameters(bundles, name));
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException("camel.component.sora.ssl-bundle=" + name + ": there is no such bundle; "
                    + "define it as spring.ssl.bundle.jks." + name + ".* or spring.ssl.bundle.pem." + name + ".*", e);
        }
    }

    private static void useRepository(SoraComponentConfiguration properties, SoraTaskRepository repository,
            SoraComponent component) {
        if (properties.getTaskRepository() != null) {
            throw new IllegalArgumentException("camel.component.sora.jdbc-task-repository and "
                    + "camel.component.sora.task-repository exclude each other");
        }
        component.getConfiguration().setTaskRepository(repository);
    }
}
