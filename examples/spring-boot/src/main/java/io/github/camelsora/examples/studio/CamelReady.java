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
import org.apache.camel.CamelContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Asks to come back while there are no routes: the web server starts before Camel, and stops after it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class CamelReady extends OncePerRequestFilter {

    private final CamelContext camel;

    CamelReady(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        if (request.getServletPath().startsWith("/api/") && !camel.isStarted()) {
            response.setHeader("Retry-After", "2");
            Sentence.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The studio is not ready. Try again in a moment.");
        } else {
            next.doFilter(request, response);
        }
    }
}
