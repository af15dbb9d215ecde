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

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** {@code GET /api/events}: the server-sent events of the page. Writes do not block: a slow reader must not hold a thread. */
@WebServlet(urlPatterns = "/api/events", asyncSupported = true)
public class EventStream extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Autowired
    private transient Browsers browsers;
    @Value("${studio.max-pages}")
    private int maxPages;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (!browsers.connect(request)) {
            response.setHeader("Retry-After", "10");
            Sentence.send(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    maxPages + " pages are open already. Close one of them.");
        }
    }
}
