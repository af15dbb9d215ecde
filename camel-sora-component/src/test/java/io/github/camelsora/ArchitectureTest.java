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

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.github.camelsora", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String BASE = "io.github.camelsora.";

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("producers").definedBy("io.github.camelsora")
            .layer("generation").definedBy(BASE + "generation")
            .layer("gateway").definedBy(BASE + "gateway")
            .layer("chat").definedBy(BASE + "chat")
            .layer("report").definedBy(BASE + "report")
            .layer("sse").definedBy(BASE + "sse")
            .layer("event").definedBy(BASE + "event")
            .whereLayer("producers").mayNotBeAccessedByAnyLayer()
            .whereLayer("generation").mayOnlyBeAccessedByLayers("producers")
            .whereLayer("gateway").mayOnlyBeAccessedByLayers("generation", "producers")
            .whereLayer("chat").mayOnlyBeAccessedByLayers("generation", "producers")
            .whereLayer("report").mayOnlyBeAccessedByLayers("generation")
            .whereLayer("sse").mayOnlyBeAccessedByLayers("gateway");

    @ArchTest
    static final ArchRule NOTHING_BELOW_THE_GENERATION_KNOWS_CAMEL = noClasses().that()
            .resideInAnyPackage(BASE + "event", BASE + "sse", BASE + "chat", BASE + "report", BASE + "gateway")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule EVENTS_KNOW_ONLY_THE_JDK = noClasses().that().resideInAPackage(BASE + "event")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", BASE + "event");

    @ArchTest
    static final ArchRule THE_DECODER_KNOWS_ONLY_THE_JDK = noClasses().that().resideInAPackage(BASE + "sse")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", BASE + "sse");

    @ArchTest
    static final ArchRule ONLY_THE_GATEWAY_KNOWS_HTTP = noClasses().that().resideOutsideOfPackage(BASE + "gateway")
            .should().dependOnClassesThat().resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule ONLY_CHAT_AND_REPORT_KNOW_JSON = noClasses().that()
            .resideOutsideOfPackages(BASE + "chat", BASE + "report")
            .should().dependOnClassesThat().resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule REPORTS_KNOW_NO_THREADS_AND_NO_TIME = noClasses().that().resideInAPackage(BASE + "report")
            .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "java.time..", "java.net.http..");
}
