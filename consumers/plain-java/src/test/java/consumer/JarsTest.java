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
package consumer;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Properties;
import java.util.jar.JarFile;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What the jars hold beside their classes, as they were installed. */
class JarsTest {

    @ParameterizedTest
    @ValueSource(classes = { SoraComponent.class, SoraSimulator.class })
    void everyJarHasItsLicence(Class<?> type) throws IOException {
        try (JarFile jar = jarOf(type)) {
            assertNotNull(jar.getEntry("META-INF/LICENSE"));
            assertNotNull(jar.getEntry("META-INF/NOTICE"));
        }
    }

    @Test
    void theComponentsJarHasWhatToolsLookFor() throws IOException {
        try (JarFile jar = jarOf(SoraComponent.class)) {
            for (String name : new String[] {"META-INF/io/github/camelsora/sora.json", "META-INF/jandex.idx",
                "META-INF/services/org/apache/camel/component/sora", "META-INF/services/org/apache/camel/send-dynamic/sora",
                "org/apache/camel/catalog/components/sora.json"}) {
                assertNotNull(jar.getEntry(name), name);
            }
            Properties properties = new Properties();
            properties.load(jar.getInputStream(jar.getEntry("META-INF/services/org/apache/camel/component.properties")));
            assertEquals("sora", properties.getProperty("components"));
            assertEquals("io.github.camelsora", properties.getProperty("groupId"));
            assertEquals("0.1.0-SNAPSHOT", properties.getProperty("version"));
        }
    }

    private static JarFile jarOf(Class<?> type) throws IOException {
        URL url = type.getResource(type.getSimpleName() + ".class");
        JarURLConnection connection = (JarURLConnection) url.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }
}
