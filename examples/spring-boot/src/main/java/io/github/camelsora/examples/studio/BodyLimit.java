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
package io.github.camelsora.examples.studio;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses large bodies before they are read: routes have the whole body in memory. A chunked body is refused too, as it has no
 * length; browsers always send the length of an order.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class BodyLimit extends OncePerRequestFilter {

    private final DataSize limit;

    BodyLimit(@Value("${studio.max-body}") DataSize limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit.toBytes()) {
            Sentence.send(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "This is too large: at most " + limit.toMegabytes() + " MB.");
        } else if (request.getHeader("Transfer-Encoding") != null) {
            Sentence.send(response, HttpServletResponse.SC_LENGTH_REQUIRED, "The length of the body must be given.");
        } else {
            next.doFilter(request, response);
        }
    }
}
