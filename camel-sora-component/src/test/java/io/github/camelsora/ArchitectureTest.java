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

import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Who may know whom. */
// Not the jar of the simulator: the server in it is not ours.
@AnalyzeClasses(packages = "io.github.camelsora",
        importOptions = { ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class })
class ArchitectureTest {

    private static final String BASE = "io.github.camelsora.";
    private static final String INTERNAL = BASE + "internal.";
    /** Annotations only: nothing of it is needed to run. */
    private static final String NULLNESS = "org.jspecify.annotations";
    private static final String SIMULATOR = BASE + "test..";

    /** A component makes endpoints, which know it and make producers, which know their endpoint. */
    private static final String CAMELS_OWN_CIRCLE = "SoraComponent|SoraEndpoint|Sora\\w*Producer";

    @ArchTest
    static final ArchRule WHAT_IS_NOT_API_IS_INTERNAL = classes().that().resideOutsideOfPackage(SIMULATOR)
            .should().resideInAnyPackage("io.github.camelsora", BASE + "event", BASE + "task", INTERNAL + "*");

    @ArchTest
    static final ArchRule THE_API_EXPOSES_NOTHING_INTERNAL = classes().that().areTopLevelClasses().and().arePublic().and()
            .resideInAnyPackage("io.github.camelsora", BASE + "event", BASE + "task").should(exposeNothingInternal());

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("producers").definedBy("io.github.camelsora")
            .layer("event").definedBy(BASE + "event")
            .layer("task").definedBy(BASE + "task")
            .layer("exchange").definedBy(INTERNAL + "exchange")
            .layer("observe").definedBy(INTERNAL + "observe")
            .layer("ledger").definedBy(INTERNAL + "ledger")
            .layer("generation").definedBy(INTERNAL + "generation")
            .layer("download").definedBy(INTERNAL + "download")
            .layer("delivery").definedBy(INTERNAL + "delivery")
            .layer("protocol").definedBy(INTERNAL + "protocol")
            .layer("chat").definedBy(INTERNAL + "chat")
            .layer("report").definedBy(INTERNAL + "report")
            .layer("record").definedBy(INTERNAL + "record")
            .layer("json").definedBy(INTERNAL + "json")
            .layer("link").definedBy(INTERNAL + "link")
            .layer("http").definedBy(INTERNAL + "http")
            .layer("sse").definedBy(INTERNAL + "sse")
            .layer("text").definedBy(INTERNAL + "text")
            .whereLayer("producers").mayNotBeAccessedByAnyLayer()
            .whereLayer("exchange").mayOnlyAccessLayers("event", "task", "generation", "download", "delivery",
                    "protocol", "json", "text")
            .whereLayer("observe").mayOnlyAccessLayers("event", "generation", "protocol")
            .whereLayer("ledger").mayOnlyAccessLayers("event", "task", "generation", "protocol", "text")
            .whereLayer("generation").mayOnlyAccessLayers("event", "delivery", "protocol", "report", "record", "json", "text")
            .whereLayer("download").mayOnlyAccessLayers("event", "delivery", "http", "link", "text")
            .whereLayer("delivery").mayOnlyAccessLayers("event")
            .whereLayer("protocol").mayOnlyAccessLayers("event", "chat", "record", "json", "http", "link", "text")
            .whereLayer("report").mayOnlyAccessLayers("record", "json", "text")
            .whereLayer("record").mayOnlyAccessLayers("json", "text")
            .whereLayer("chat").mayOnlyAccessLayers("event", "json", "text")
            .whereLayer("json").mayOnlyAccessLayers("event", "text")
            .whereLayer("link").mayOnlyAccessLayers("http", "text")
            .whereLayer("http").mayOnlyAccessLayers("sse", "text")
            .whereLayer("sse").mayNotAccessAnyLayer()
            .whereLayer("text").mayNotAccessAnyLayer()
            .whereLayer("task").mayOnlyAccessLayers("event", "json")
            .whereLayer("event").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE = slices().matching("io.github.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CLASSES_OF_THE_BASE_PACKAGE_FORM_NO_CIRCLE = slices().assignedFrom(new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().equals("io.github.camelsora")) {
                return SliceIdentifier.ignore();
            }
            String name = type.getFullName().replaceAll("\\$.*", "").replaceAll(".*\\.", "");
            return SliceIdentifier.of(name.matches(CAMELS_OWN_CIRCLE) ? "component" : name);
        }

        @Override
        public String getDescription() {
            return "classes of the base package, with component, endpoint and producers as one";
        }
    }).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_EXCHANGE_DELIVERY_AND_OBSERVE_KNOW_CAMEL = noClasses().that()
            .resideOutsideOfPackages("io.github.camelsora", INTERNAL + "exchange", INTERNAL + "delivery", INTERNAL + "observe")
            .should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    /** They are optional: what else names them could not be loaded without them. */
    @ArchTest
    static final ArchRule ONLY_SOME_CLASSES_OF_OBSERVE_KNOW_METERS_AND_TRACES = noClasses().that()
            .haveNameNotMatching(INTERNAL + "observe.(MicrometerMeters|MeterLookup|SoraSpanDecorator).*")
            .should().dependOnClassesThat().resideInAnyPackage("io.micrometer..", "org.apache.camel.telemetry..");

    @ArchTest
    static final ArchRule EVENTS_KNOW_ONLY_THE_JDK = noClasses().that().resideInAPackage(BASE + "event")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", NULLNESS, BASE + "event");

    /** Users may bring their own: what they must know is the JDK and the events. */
    @ArchTest
    static final ArchRule TASKS_KNOW_ONLY_THE_JDK_EVENTS_AND_JSON = noClasses().that().resideInAPackage(BASE + "task")
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", "javax.sql..", NULLNESS, BASE + "task",
                    BASE + "event", INTERNAL + "json");

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

    /** Jackson's own set-up retains field names, and so the memory of a stranger's JSON. */
    @ArchTest
    static final ArchRule JSON_IS_SET_UP_IN_ONE_PLACE = noClasses().that()
            .doNotHaveFullyQualifiedName(INTERNAL + "json.ForeignJson").and().resideOutsideOfPackage(SIMULATOR)
            .should().callConstructorWhere(target(owner(assignableTo(ObjectMapper.class).or(assignableTo(JsonFactory.class)))))
            .orShould().callMethodWhere(target(owner(assignableTo(ObjectMapper.class).or(assignableTo(JsonFactory.class))))
                    .and(target(nameMatching("builder|copy|copyWith|rebuild"))));

    @ArchTest
    static final ArchRule REPORTS_KNOW_NO_THREADS_AND_NO_TIME = noClasses().that()
            .resideInAnyPackage(INTERNAL + "report", INTERNAL + "record")
            .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "java.time..", "java.net.http..");

    /** A type that a public or protected member names, or that the class extends. */
    private static ArchCondition<JavaClass> exposeNothingInternal() {
        return new ArchCondition<>("expose nothing internal") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> parents = Stream.concat(type.getAllRawSuperclasses().stream(),
                        type.getAllRawInterfaces().stream());
                parents.filter(ArchitectureTest::isInternal).forEach(parent -> events.add(violated(type,
                        type.getFullName() + " is a " + parent.getFullName())));
                Stream.concat(type.getFields().stream(), type.getCodeUnits().stream()).filter(ArchitectureTest::isOpen)
                        .forEach(member -> member.getAllInvolvedRawTypes().stream().filter(ArchitectureTest::isInternal)
                                .forEach(named -> events.add(violated(member,
                                        member.getFullName() + " names " + named.getFullName()))));
            }
        };
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(INTERNAL);
    }

    private static boolean isOpen(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC) || member.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
