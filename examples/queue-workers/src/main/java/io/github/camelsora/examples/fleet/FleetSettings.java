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

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run of the fleet is like; from system properties that begin with {@code fleet.}.
 *
 * @param ways how orders are acknowledged: a run for each
 * @param workers how many processes
 * @param orders how many videos
 * @param kills how often a process is killed, one after the other
 * @param consumers see {@code worker.consumers}
 * @param inFlight see {@code worker.inFlight}
 * @param video how long the gateway takes for one
 * @param lease how long after its last sign of life a worker is taken for dead
 * @param limit how long a run may take
 * @param seed of when workers are killed
 * @param brokerUrl of a broker that runs already, or empty: the fleet starts one
 * @param databaseUrl of a database that runs already, or empty: the fleet starts one
 * @param databaseUser may be empty, if the URL has it
 */
record FleetSettings(List<Way> ways, int workers, int orders, int kills, int consumers, int inFlight, Duration video,
        Duration lease, Duration limit, long seed, String brokerUrl, String databaseUrl, String databaseUser,
        String databasePassword) {

    static FleetSettings ofSystemProperties() {
        String ways = System.getProperty("fleet.ways", "transacted,early");
        return new FleetSettings(Stream.of(ways.split(",")).map(Way::of).toList(),
                Integer.getInteger("fleet.workers", 3), Integer.getInteger("fleet.orders", 60),
                Integer.getInteger("fleet.kills", 4), Integer.getInteger("fleet.consumers", 5),
                Integer.getInteger("fleet.inFlight", 10), seconds("fleet.videoSeconds", 6), seconds("fleet.leaseSeconds", 10),
                seconds("fleet.limitSeconds", 600), Long.getLong("fleet.seed", 1L),
                System.getProperty("broker.url", ""), System.getProperty("database.url", ""),
                System.getProperty("database.user", ""), System.getProperty("database.password", ""));
    }

    private static Duration seconds(String property, int standard) {
        return Duration.ofSeconds(Integer.getInteger(property, standard));
    }
}
