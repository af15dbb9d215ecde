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
package io.github.camelsora.examples.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.test.SimulatedTask;
import io.github.camelsora.test.SoraSimulator;
import org.h2.tools.Server;

/**
 * Starts the simulator, a broker, a database and some workers; sends orders; kills workers while they wait for videos, and
 * starts them again. In the end it counts what was ordered, delivered and paid.
 */
public final class Fleet {

    private static final long LOOK_MILLIS = 200;

    private final FleetSettings settings;
    private final SoraSimulator simulator;
    private final String brokerUrl;
    private final String databaseUrl;
    private final long deadline;
    private final Random random;

    private Fleet(FleetSettings settings, SoraSimulator simulator, String brokerUrl, String databaseUrl) {
        this.settings = settings;
        this.simulator = simulator;
        this.brokerUrl = brokerUrl;
        this.databaseUrl = databaseUrl;
        this.deadline = System.nanoTime() + settings.limit().toNanos();
        this.random = new Random(settings.seed());
    }

    /** Ends with exit code 1 if an order was paid for twice, or has neither a video nor a clear error. */
    public static void main(String[] args) throws Exception {
        List<FleetReport> reports = new ArrayList<>();
        FleetSettings settings = FleetSettings.ofSystemProperties();
        for (Way way : settings.ways()) {
            reports.add(run(settings, way));
        }
        System.out.println(FleetReport.table(reports));
        if (!reports.stream().allMatch(FleetReport::holds)) {
            System.exit(1);
        }
    }

    static FleetReport run(FleetSettings settings, Way way) throws Exception {
        Broker broker = settings.brokerUrl().isEmpty() ? Broker.start() : null;
        Server database = settings.databaseUrl().isEmpty()
                ? Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start() : null;
        try (broker; SoraSimulator simulator = SoraSimulator.builder().duration(settings.video()).eventLoops(2).start()) {
            return new Fleet(settings, simulator, broker == null ? settings.brokerUrl() : broker.url(),
                    database == null ? settings.databaseUrl()
                            : "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:" + way + ";DB_CLOSE_DELAY=-1").run(way);
        } finally {
            if (database != null) {
                database.stop();
            }
        }
    }

    private FleetReport run(Way way) throws Exception {
        long start = System.nanoTime();
        // Not the keys of an earlier run, if the database has seen one.
        String prefix = way + "-" + Long.toString(System.currentTimeMillis(), 36) + "-";
        System.out.println(way + ": " + settings.workers() + " workers, " + settings.orders() + " orders, "
                + settings.kills() + " kills");
        List<WorkerProcess> workers = new ArrayList<>();
        int kills = 0;
        int repeated = 0;
        try (Customer customer = new Customer(brokerUrl)) {
            for (int number = 1; number <= settings.workers(); number++) {
                workers.add(new WorkerProcess(properties(way, number)));
            }
            for (int number = 1; number <= settings.orders(); number++) {
                customer.order(prefix + number, prefix + number + ": a paper boat sets sail");
            }
            while (kills < settings.kills() && awaitVictims(customer)) {
                TimeUnit.MILLISECONDS.sleep(random.nextLong(settings.video().toMillis() / 2));
                int victim = kills % workers.size();
                System.out.println(way + ": kill -9 worker " + (victim + 1) + ", " + simulator.openStreams()
                        + " videos are being waited for, " + customer.unanswered().size() + " orders have none");
                workers.get(victim).killAndStartAgain();
                kills++;
            }
            while (!awaitAnswers(customer) && System.nanoTime() < deadline) {
                List<String> unanswered = customer.unanswered();
                System.out.println(way + ": nothing has come for a while; ordered again, with the same keys: " + unanswered);
                customer.orderAgain(unanswered);
                repeated += unanswered.size();
            }
            return new FleetReport(way, customer.orders(), kills, customer.videos(), customer.repeatedVideos(),
                    simulator.paidRequests(), paidTwice(), repeated, customer.failures(), customer.unanswered(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        } finally {
            workers.parallelStream().forEach(WorkerProcess::close);
        }
    }

    private Map<String, String> properties(Way way, int number) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("worker.name", "worker " + number);
        properties.put("worker.way", way.toString());
        properties.put("worker.consumers", String.valueOf(settings.consumers()));
        properties.put("worker.inFlight", String.valueOf(settings.inFlight()));
        properties.put("worker.unfinishedPeriod", "3s");
        properties.put("broker.url", brokerUrl);
        properties.put("database.url", databaseUrl);
        properties.put("database.user", settings.databaseUser());
        properties.put("database.password", settings.databasePassword());
        properties.put("database.lease", settings.lease().toSeconds() + "s");
        properties.put("camel.component.sora.gateway", "goapi");
        properties.put("camel.component.sora.baseUrl", simulator.baseUrl());
        properties.put("camel.component.sora.apiKey", "simulator");
        return properties;
    }

    /** How many orders the gateway was paid for more than once: each has a prompt of its own. */
    private int paidTwice() {
        Map<String, Integer> paid = new LinkedHashMap<>();
        simulator.tasks().stream().map(SimulatedTask::prompt).forEach(prompt -> paid.merge(prompt, 1, Integer::sum));
        return (int) paid.values().stream().filter(times -> times > 1).count();
    }

    /** Waits until there is something to lose: workers wait for videos. Not so if all is over before. */
    private boolean awaitVictims(Customer customer) throws InterruptedException {
        while (System.nanoTime() < deadline && !customer.unanswered().isEmpty()) {
            if (simulator.openStreams() >= settings.workers() * 2) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return false;
    }

    /** Waits until each order has an answer; without a new one for a lease, two videos and some seconds it gives up. */
    private boolean awaitAnswers(Customer customer) throws InterruptedException {
        long patience = settings.lease().plus(settings.video().multipliedBy(2)).plusSeconds(15).toNanos();
        long last = System.nanoTime();
        int unanswered = customer.unanswered().size();
        while (unanswered > 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            long now = System.nanoTime();
            int left = customer.unanswered().size();
            if (left != unanswered) {
                unanswered = left;
                last = now;
            }
            if (now - last > patience || now > deadline) {
                return false;
            }
        }
        return true;
    }
}
