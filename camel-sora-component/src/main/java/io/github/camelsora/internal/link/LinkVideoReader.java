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
package io.github.camelsora.internal.link;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.text.Link;
import org.apache.hc.core5.http.nio.CapacityChannel;

/** Passes a video on, no faster than its taker has room for it. */
final class LinkVideoReader extends LinkResponseReader {

    /** How much may come until the taker is asked for room again. HttpClient begins with as much. */
    private static final int WINDOW = 64 * 1024;

    private final VideoTaker taker;
    private final Runnable alive;

    /** @param alive run when something has come */
    LinkVideoReader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link, VideoTaker taker, Runnable alive) {
        super(lifecycle, link);
        this.taker = taker;
        this.alive = alive;
    }

    @Override
    protected void answered(ResponseHead received) {
        alive.run();
        if (!received.isSuccess()) {
            end(new LinkAnswer.Text(received.status(), new byte[0], received.retryAfter()));
        } else if (!taker.begins(received)) {
            end(new LinkAnswer.Declined());
        } else if (!received.hasBody()) {
            end(new LinkAnswer.Received());
        }
    }

    @Override
    protected void body(ByteBuffer bytes) {
        alive.run();
        if (!taker.takes(bytes)) {
            end(new LinkAnswer.Declined());
        }
    }

    @Override
    protected void bodyEnd() {
        end(new LinkAnswer.Received());
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) {
        taker.awaitRoom(() -> {
            alive.run();
            try {
                capacity.update(WINDOW);
            } catch (IOException e) {
                broken(e);
            }
        });
    }
}
