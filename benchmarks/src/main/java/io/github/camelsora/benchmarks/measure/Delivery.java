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
package io.github.camelsora.benchmarks.measure;

import java.util.Arrays;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.Times;

/** How long events took from just before the server wrote their chunk until they arrived. */
public record Delivery(long[] sortedMicros, int lost) {

    /** What was written while the client was stopped for the forced collection, and until what had piled up was gone. */
    private static final long AFTER_COLLECTION_MICROS = 500_000;

    /** Of some events of all streams. */
    public static Delivery of(Times written, Times arrived, Figures client, int firstEvent, int endEvent) {
        return of(written, arrived, client, 1, firstEvent, endEvent);
    }

    /** Of one event of those streams that have a fast reply route even where the others have a slow one. */
    public static Delivery ofSome(Times written, Times arrived, Figures client, int event) {
        return of(written, arrived, client, ClientKind.FAST_ONE_OF, event, event + 1);
    }

    private static Delivery of(Times written, Times arrived, Figures client, int everyStream, int firstEvent, int endEvent) {
        double from = client.get("collectionBegan");
        double to = client.get("collectionEnded") + AFTER_COLLECTION_MICROS;
        long[] micros = new long[arrived.streams() * StreamShape.EVENTS];
        int count = 0;
        int lost = 0;
        for (int stream = 0; stream < arrived.streams(); stream += everyStream) {
            for (int event = firstEvent; event < endEvent; event++) {
                long write = written.get(stream, event);
                long arrival = arrived.get(stream, event);
                if (write == 0 || arrival == 0) {
                    lost++;
                } else if (arrival < from || write > to) {
                    micros[count++] = arrival - write;
                }
            }
        }
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return new Delivery(sorted, lost);
    }

    public double percentile(double percent) {
        int index = (int) Math.ceil(sortedMicros.length * percent / 100) - 1;
        return index < 0 ? Double.NaN : sortedMicros[index];
    }
}
