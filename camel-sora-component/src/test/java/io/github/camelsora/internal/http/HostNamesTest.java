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
package io.github.camelsora.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.GatewayClientTestSupport.eventually;
import static org.assertj.core.api.Assertions.assertThat;

class HostNamesTest {

    private final FakeDnsResolver dns = new FakeDnsResolver().then("a.example", "192.0.2.1").then("b.test", "192.0.2.2");
    private final HostNames names = new HostNames(dns);

    @AfterEach
    void close() {
        dns.release();
        names.close();
    }

    private static final class Recorder implements HostNames.Listener {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void found(List<InetAddress> addresses) {
            heard.add(addresses.get(0).getHostAddress());
        }

        @Override
        public void notFound(IOException cause) {
            heard.add(cause.getClass().getSimpleName());
        }

        void assertHeard(String what) {
            eventually(what, () -> heard.size() == 1);
            assertThat(heard).containsExactly(what);
        }
    }

    private Recorder lookUp(String host) {
        Recorder recorder = new Recorder();
        names.lookUp(host, recorder);
        return recorder;
    }

    @Test
    void aNameIsLookedUpOnAnotherThread() {
        Thread[] thread = new Thread[1];
        try (HostNames own = new HostNames(new FakeDnsResolver().then("a.example", "192.0.2.1"))) {
            own.lookUp("a.example", new HostNames.Listener() {

                @Override
                public void found(List<InetAddress> addresses) {
                    thread[0] = Thread.currentThread();
                }

                @Override
                public void notFound(IOException cause) {
                    thread[0] = null;
                }
            });
            eventually("an answer", () -> thread[0] != null);
            assertThat(thread[0].getName()).startsWith("sora-names");
        }
    }

    @Test
    void anUnknownNameIsNotFound() {
        lookUp("nowhere.example").assertHeard("UnknownHostException");
    }

    @Test
    void aLiteralAddressIsNotLookedUp() {
        lookUp("192.0.2.7").assertHeard("192.0.2.7");
        lookUp("::1").assertHeard("0:0:0:0:0:0:0:1");
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void thoseWhoAskForTheSameHostShareOneLookUp() {
        dns.hold("a.example");
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            recorders.add(lookUp("a.example"));
        }
        eventually("asked", () -> !dns.asked().isEmpty());
        dns.release();
        recorders.forEach(recorder -> recorder.assertHeard("192.0.2.1"));
        assertThat(dns.asked()).hasSize(1);
        lookUp("a.example").assertHeard("192.0.2.1");
        assertThat(dns.asked()).hasSize(2);
    }

    @Test
    void aNameServerThatDoesNotAnswerDelaysNoOtherDomain() {
        for (int i = 0; i < 1000; i++) {
            dns.hold("h" + i + ".slow.example");
            lookUp("h" + i + ".slow.example");
        }
        eventually("asked", () -> dns.asked().size() == HostNames.THREADS_PER_DOMAIN);
        lookUp("b.test").assertHeard("192.0.2.2");
        assertThat(dns.asked()).hasSize(HostNames.THREADS_PER_DOMAIN + 1);
    }

    @Test
    void thereIsABoundForAllDomains() {
        for (int i = 0; i < 100; i++) {
            dns.hold("h.slow" + i);
            lookUp("h.slow" + i);
        }
        eventually("asked", () -> dns.asked().size() == HostNames.THREADS);
        Recorder waiting = lookUp("b.test");
        dns.release();
        waiting.assertHeard("192.0.2.2");
    }

    @Test
    void aLookUpThatNobodyWaitsForDoesNotBegin() {
        for (int i = 0; i < HostNames.THREADS_PER_DOMAIN; i++) {
            dns.hold("h" + i + ".slow.example");
            lookUp("h" + i + ".slow.example");
        }
        Recorder cancelled = new Recorder();
        names.lookUp("a.slow.example", cancelled).run();
        Recorder waiting = lookUp("c.slow.example");
        dns.release();
        waiting.assertHeard("UnknownHostException");
        assertThat(dns.asked()).doesNotContain("a.slow.example");
        assertThat(cancelled.heard).isEmpty();
    }

    @Test
    void anErrorOfTheResolverOrOfAListenerIsToldToTheOthers() {
        DnsResolver broken = new DnsResolver() {

            @Override
            public InetAddress[] resolve(String host) {
                throw new AssertionError("no");
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                throw new AssertionError("no");
            }
        };
        try (HostNames own = new HostNames(broken)) {
            own.lookUp("a.example", new HostNames.Listener() {

                @Override
                public void found(List<InetAddress> addresses) {
                    throw new AssertionError("no");
                }

                @Override
                public void notFound(IOException cause) {
                    throw new AssertionError("no");
                }
            });
            Recorder recorder = new Recorder();
            own.lookUp("a.example", recorder);
            recorder.assertHeard("IOException");
        }
    }

    @Test
    void closingTellsThoseWhoWait() {
        for (int i = 0; i < HostNames.THREADS_PER_DOMAIN; i++) {
            dns.hold("h" + i + ".slow.example");
            lookUp("h" + i + ".slow.example");
        }
        Recorder waiting = lookUp("a.slow.example");
        names.close();
        waiting.assertHeard("IOException");
        lookUp("b.test").assertHeard("IOException");
    }
}
