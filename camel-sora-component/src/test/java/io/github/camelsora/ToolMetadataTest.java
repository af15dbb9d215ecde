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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What IDEs, catalogs and visual editors read from the jar. */
class ToolMetadataTest {

    private static final String JSON = "META-INF/io/github/camelsora/sora.json";
    private static final String CATALOG_JSON = "org/apache/camel/catalog/components/sora.json";

    @Test
    void toolsFindTheComponentByItsProperties() throws IOException {
        Properties properties = new Properties();
        properties.load(open("META-INF/services/org/apache/camel/component.properties"));
        ComponentModel model = JsonMapper.generateComponentModel(read(JSON));
        assertThat(properties).containsEntry("components", model.getScheme())
                .containsEntry("groupId", model.getGroupId()).containsEntry("artifactId", model.getArtifactId())
                .containsEntry("version", model.getVersion()).containsEntry("projectDescription", "Sora video generation")
                .containsEntry("projectName", "Camel :: Sora");
    }

    @Test
    void theCatalogTakesTheJsonOfTheJar() throws Exception {
        assertThat(read(CATALOG_JSON)).isEqualTo(read(JSON));
        CamelCatalog catalog = new DefaultCamelCatalog();
        assertThat(catalog.findComponentNames()).doesNotContain("sora");
        ComponentModel described = JsonMapper.generateComponentModel(read(JSON));
        catalog.addComponent("sora", described.getJavaType(), read(CATALOG_JSON));

        ComponentModel model = catalog.componentModel("sora");
        assertThat(catalog.findComponentNames()).contains("sora");
        assertThat(catalog.findComponentNames("ai")).contains("sora");
        assertThat(model.getJavaType()).isEqualTo(SoraComponent.class.getName());
        assertThat(model.getEndpointPathOptions()).singleElement()
                .satisfies(operation -> assertThat(operation.getEnums()).containsAll(List.of("generate", "remix", "resume")));
        assertThat(model.getEndpointHeaders()).extracting(ComponentModel.EndpointHeaderModel::getName)
                .contains(SoraConstants.MODEL);
        // As an editor adds a step.
        assertThat(catalog.asEndpointUri("sora", Map.of("operation", "generate", "streaming", "true"), false))
                .isEqualTo("sora:generate?streaming=true");
        assertThat(catalog.validateEndpointProperties("sora:generate?streamRepliesTwo=x").isSuccess()).isFalse();
    }

    @Test
    void theLicenceIsInTheJar() throws IOException {
        assertThat(read("META-INF/NOTICE")).startsWith("Camel Sora");
        assertThat(read("META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
    }

    private static String read(String resource) throws IOException {
        return new String(open(resource).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Of this module: other jars have files of these names too. */
    private static InputStream open(String resource) throws IOException {
        return Files.newInputStream(Path.of("target/classes", resource));
    }
}
