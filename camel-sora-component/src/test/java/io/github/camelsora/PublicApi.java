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

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.TypeConverterLoader;
import org.jspecify.annotations.Nullable;

/**
 * What users can name: the public and protected members of the public classes of some packages, a line each. Without what a
 * class of another library declares already, and without the classes that Camel finds by its service files.
 */
final class PublicApi {

    private static final int OPEN = Modifier.PUBLIC | Modifier.PROTECTED;
    private static final List<Class<?>> SERVICES = List.of(EndpointUriFactory.class, PropertyConfigurer.class,
            TypeConverterLoader.class);

    private PublicApi() {
    }

    static List<String> describe(String... packages) throws Exception {
        List<String> lines = new ArrayList<>();
        Path classes = Path.of(SoraComponent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (String name : packages) {
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                for (String file : files.map(file -> file.getFileName().toString()).sorted().toList()) {
                    if (file.endsWith(".class") && !file.equals("package-info.class")) {
                        Class<?> type = Class.forName(name + "." + file.replace(".class", ""), false,
                                SoraComponent.class.getClassLoader());
                        if (isApi(type)) {
                            describe(type, lines);
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static boolean isApi(Class<?> type) {
        return (type.getModifiers() & OPEN) != 0 && (type.getEnclosingClass() == null || isApi(type.getEnclosingClass()))
                && SERVICES.stream().noneMatch(service -> service.isAssignableFrom(type));
    }

    private static void describe(Class<?> type, List<String> lines) {
        lines.add(type.getPackageName() + ": " + header(type));
        Stream<String> fields = Arrays.stream(type.getDeclaredFields()).filter(field -> isOpen(field.getModifiers()))
                .map(PublicApi::field);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isOpen(constructor.getModifiers()) && !constructor.isSynthetic())
                .map(PublicApi::constructor).sorted();
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> isOpen(method.getModifiers()) && !method.isSynthetic() && !isKnownElsewhere(method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString)).map(PublicApi::method);
        Stream.of(fields, constructors, methods).flatMap(each -> each)
                .forEach(member -> lines.add("    " + simple(type) + ": " + member));
    }

    private static String header(Class<?> type) {
        String kind = type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        String header = modifiers(type.getModifiers() & ~Modifier.INTERFACE & ~(type.isInterface() ? Modifier.ABSTRACT : 0))
                + (type.isSealed() ? "sealed " : "") + kind + " " + simple(type);
        if (type.getGenericSuperclass() != null && !type.isEnum() && !type.isRecord() && type.getSuperclass() != Object.class) {
            header += " extends " + simple(type.getGenericSuperclass().getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            header += (type.isInterface() ? " extends " : " implements ") + Arrays.stream(type.getGenericInterfaces())
                    .map(each -> simple(each.getTypeName())).collect(Collectors.joining(", "));
        }
        return header;
    }

    /** With the value of a constant: header names are API. */
    private static String field(Field field) {
        String text = modifiers(field.getModifiers()) + type(field.getAnnotatedType()) + " " + field.getName();
        try {
            return field.getType() == String.class && Modifier.isStatic(field.getModifiers())
                    ? text + " = \"" + field.get(null) + "\"" : text;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + simple(constructor.getDeclaringClass()) + parameters(constructor);
    }

    private static String method(Method method) {
        return modifiers(method.getModifiers()) + (method.isDefault() ? "default " : "")
                + type(method.getAnnotatedReturnType()) + " " + method.getName() + parameters(method);
    }

    private static String parameters(Executable executable) {
        List<String> names = Arrays.stream(executable.getParameters()).map(Parameter::getName).toList();
        List<String> parameters = new ArrayList<>();
        for (AnnotatedType type : executable.getAnnotatedParameterTypes()) {
            parameters.add(type(type) + " " + names.get(parameters.size()));
        }
        String thrown = Arrays.stream(executable.getExceptionTypes()).map(PublicApi::simple).sorted()
                .collect(Collectors.joining(", "));
        return "(" + String.join(", ", parameters) + ")" + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static boolean isOpen(int modifiers) {
        return (modifiers & OPEN) != 0;
    }

    private static boolean isKnownElsewhere(Method method) {
        Class<?> type = method.getDeclaringClass();
        return type.isEnum() && Modifier.isStatic(method.getModifiers()) && method.getName().matches("values|valueOf")
                || ancestors(type).filter(each -> !each.getName().startsWith("io.github.camelsora."))
                        .anyMatch(each -> declares(each, method));
    }

    private static Stream<Class<?>> ancestors(Class<?> type) {
        Stream<Class<?>> parents = Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return Stream.concat(Stream.of(Object.class), parents.flatMap(each -> Stream.concat(Stream.of(each), ancestors(each))));
    }

    private static boolean declares(Class<?> type, Method method) {
        return Arrays.stream(type.getDeclaredMethods()).anyMatch(each -> each.getName().equals(method.getName())
                && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & (OPEN | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT));
        return text.isEmpty() ? "" : text + " ";
    }

    private static String type(AnnotatedType type) {
        return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + simple(type.getType().getTypeName());
    }

    private static String simple(Class<?> type) {
        return simple(type.getTypeName());
    }

    private static String simple(String name) {
        return name.replaceAll("\\b([a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
    }
}
