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

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Turns {@code #name} and {@code #bean:name} in a property into the bean of that name. Without such a bean, binding fails. */
final class BeanReferenceConverter implements GenericConverter {

    private static final Set<Class<?>> TYPES = Set.of(ExecutorService.class, SSLContextParameters.class,
            SoraConfiguration.class, SoraTaskRepository.class);

    private final BeanFactory beans;

    BeanReferenceConverter(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return TYPES.stream().map(type -> new ConvertiblePair(String.class, type)).collect(Collectors.toSet());
    }

    @Override
    public Object convert(Object source, TypeDescriptor from, TypeDescriptor to) {
        String name = ((String) source).replaceFirst("^#(bean:)?", "");
        return name.isEmpty() ? null : beans.getBean(name, to.getType());
    }
}
