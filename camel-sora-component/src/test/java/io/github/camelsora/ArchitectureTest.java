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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "io.github.camelsora.";
    private static final String INTERNAL = BASE + "internal.";
    /** Annotations only: nothing of it is needed to run. */
    private static final String NULLNESS = "org.jspecify.annotations";

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("producers").definedBy("io.github.camelsora")
            .layer("exchange").definedBy(INTERNAL + "exchange")
            .layer("generation").definedBy(INTERNAL + "generation")
            .layer("delivery").definedBy(INTERNAL + "delivery")
            .layer("protocol").definedBy(INTERNAL + "protocol")
            .layer("chat").definedBy(INTERNAL + "chat")
            .layer("report").definedBy(INTERNAL + "report")
            .layer("record").definedBy(INTERNAL + "record")
            .layer("link").definedBy(INTERNAL + "link")
            .layer("http").definedBy(INTERNAL + "http")
            .layer("sse").definedBy(INTERNAL + "sse")
            .whereLayer("producers").mayNotBeAccessedByAnyLayer()
            .whereLayer("exchange").mayOnlyBeAccessedByLayers("producers")
            .whereLayer("generation").mayOnlyBeAccessedByLayers("producers", "exchange")
            .whereLayer("delivery").mayOnlyBeAccessedByLayers("producers", "exchange", "generation")
            .whereLayer("protocol").mayOnlyBeAccessedByLayers("producers", "exchange", "generation")
            .whereLayer("chat").mayOnlyBeAccessedByLayers("producers", "generation", "protocol")
            .whereLayer("report").mayOnlyBeAccessedByLayers("generation", "protocol")
            .whereLayer("record").mayOnlyBeAccessedByLayers("generation", "protocol", "report")
            .whereLayer("link").mayOnlyBeAccessedByLayers("producers", "protocol")
            .whereLayer("http").mayOnlyBeAccessedByLayers("producers", "protocol", "link")
            .whereLayer("sse").mayOnlyBeAccessedByLayers("http");

    @ArchTest
    static final ArchRule ONLY_EXCHANGE_AND_DELIVERY_KNOW_CAMEL = noClasses().that()
            .resideOutsideOfPackages("io.github.camelsora", INTERNAL + "exchange", INTERNAL + "delivery")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule EVENTS_KNOW_ONLY_THE_JDK = noClasses().that().resideInAPackage(BASE + "event")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", NULLNESS, BASE + "event");

    @ArchTest
    static final ArchRule THE_DECODER_KNOWS_ONLY_THE_JDK = noClasses().that().resideInAPackage(INTERNAL + "sse")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", NULLNESS, INTERNAL + "sse");

    @ArchTest
    static final ArchRule ONLY_HTTP_AND_LINK_KNOW_HTTP = noClasses().that()
            .resideOutsideOfPackages(INTERNAL + "http", INTERNAL + "link")
            .should().dependOnClassesThat().resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule ONLY_READERS_KNOW_JSON = noClasses().that()
            .resideOutsideOfPackages(INTERNAL + "json", INTERNAL + "chat", INTERNAL + "report", INTERNAL + "record")
            .should().dependOnClassesThat().resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule REPORTS_KNOW_NO_THREADS_AND_NO_TIME = noClasses().that()
            .resideInAnyPackage(INTERNAL + "report", INTERNAL + "record")
            .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "java.time..", "java.net.http..");

    @ArchTest
    static final ArchRule JSON_IS_SET_UP_IN_ONE_PLACE = noClasses().that()
            .doNotHaveFullyQualifiedName("io.github.camelsora.internal.json.ForeignJson")
            .should().callConstructorWhere(target(owner(assignableTo(ObjectMapper.class).or(assignableTo(JsonFactory.class)))))
            .orShould().callMethodWhere(target(owner(assignableTo(ObjectMapper.class).or(assignableTo(JsonFactory.class))))
                    .and(target(nameMatching("builder|copy|copyWith|rebuild"))));
}
