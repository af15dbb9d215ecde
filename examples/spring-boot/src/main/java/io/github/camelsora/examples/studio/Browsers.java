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
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Body;
import org.apache.camel.Handler;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The open pages. Routes send each change to all of them ({@code to("bean:browsers?method=publish")}). Thread-safe. */
@Component("browsers")
public class Browsers {

    private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<Browser> open = ConcurrentHashMap.newKeySet();
    private final ProducerTemplate camel;
    private final int maxWaiting;
    private final Semaphore room;
    private volatile boolean closed;

    Browsers(ProducerTemplate camel, @Value("${studio.max-waiting-events}") int maxWaiting,
            @Value("${studio.max-pages}") int maxPages) {
        this.camel = camel;
        this.maxWaiting = maxWaiting;
        this.room = new Semaphore(maxPages);
    }

    /**
     * A page opens: it gets the list as it is, then every change.
     *
     * @return {@code false} if too many pages are open
     */
    boolean connect(HttpServletRequest request) throws IOException {
        if (!room.tryAcquire()) {
            return false;
        }
        AsyncContext page = request.startAsync();
        page.setTimeout(0);
        Browser browser = new Browser(page, maxWaiting, this::leave);
        // Register first, then read the list: a change in between is sent twice, but never missed.
        open.add(browser);
        browser.begin(event("list", camel.requestBody("direct:list", null, String.class)));
        if (closed) {
            browser.close();
        }
        return true;
    }

    private void leave(Browser browser) {
        // A browser may leave more than once: its last write fails, then its request ends.
        if (open.remove(browser)) {
            room.release();
        }
    }

    /** Tells all pages how one video is now. */
    @Handler
    public void publish(@Body String video) {
        send(event("video", video));
    }

    /** Tells all pages that a video is gone. */
    public void publishDeleted(@Body String videoId) {
        send(event("deleted", videoId));
    }

    private void send(byte[] event) {
        open.forEach(browser -> browser.send(event));
    }

    /** Keeps proxies from closing idle connections, and detects pages that disappeared without closing theirs. */
    public void beat() {
        open.forEach(browser -> browser.beat(SIGN_OF_LIFE));
    }

    int count() {
        return open.size();
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        closed = true;
        disconnect();
    }

    void disconnect() {
        open.forEach(Browser::close);
    }

    private static byte[] event(String name, String json) {
        return ("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
