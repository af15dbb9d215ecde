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
package io.github.camelsora;

import java.time.Clock;
import java.util.Objects;
import java.util.Set;

import io.github.camelsora.internal.download.Download;
import io.github.camelsora.internal.download.DownloadEnd;
import io.github.camelsora.internal.download.DownloadEvents;
import io.github.camelsora.internal.download.DownloadOrder;
import io.github.camelsora.internal.download.DownloadOrder.FreshLink;
import io.github.camelsora.internal.exchange.DownloadCompletion;
import io.github.camelsora.internal.exchange.TaskToResume;
import io.github.camelsora.internal.exchange.VideoFiles;
import io.github.camelsora.internal.exchange.VideoToDownload;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationBuilder;
import io.github.camelsora.internal.generation.GenerationListener;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.generation.RunningGenerations;
import io.github.camelsora.internal.generation.Surroundings;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** {@code sora:download}: fetches the file of a video. Sends no key and buys nothing; holds no thread while it waits. */
final class SoraDownloadProducer extends SoraProducer {

    /** The task of a video that there is answers at once, or hardly ever. */
    private static final long FRESH_LINK_MILLIS = 60_000;

    private @Nullable VideoFiles files;

    SoraDownloadProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            followComponent();
            VideoFiles to = Objects.requireNonNull(files);
            VideoToDownload video = VideoToDownload.in(exchange.getMessage());
            GatewayServices gateway = at(getEndpoint().gateway(video.gateway()));
            Surroundings here = surroundings(exchange, gateway);
            DownloadOrder order = new DownloadOrder(video.video(), video.link(), to.target(exchange, video),
                    freshLink(gateway, video, here));
            new Run(order, gateway, exchange, new DownloadCompletion(exchange, video, to, callback)).start(here.places());
            return false;
        } catch (Throwable e) {
            return failed(exchange, e, callback);
        }
    }

    /** Asks the task of the video for its link, as {@code sora:resume} would, past what is remembered of it. */
    private FreshLink freshLink(GatewayServices gateway, VideoToDownload video, Surroundings here) {
        TaskReference reference = TaskReference.of(video.video().taskId(), video.video().sourceUrl());
        if (reference.isEmpty() || !gateway.canFollow(reference)) {
            return FreshLink.NONE;
        }
        TaskToResume task = new TaskToResume(reference, video.video().generationId(), video.video(), gateway.gateway().name(),
                null);
        return found -> {
            Generation[] asked = new Generation[1];
            GenerationListener listener = result -> found.accept(result instanceof GenerationResult.Completed completed
                    ? new FreshLink.Found.Video(completed.video())
                    : new FreshLink.Found.None("its task gave none (" + (result.exception() == null ? ""
                            : result.exception().getReason()) + ")"));
            runtime().generations().start(told -> {
                asked[0] = GenerationBuilder.of(gateway.requests().resume(task), runtime().workers(options()), told)
                        .secrets(gateway.secrets()).maxReportSize(options().getMaxPayloadSize()).build();
                return asked[0];
            }, listener, gateway.resume(reference), here);
            return () -> asked[0].cancel("its link is not needed any more");
        };
    }

    @Override
    GatewayServices open(ResolvedGateway gateway, SoraRuntime current) {
        SoraConfiguration shorter = options().copy();
        shorter.setRecoveryTimeout(Math.min(FRESH_LINK_MILLIS, options().getRecoveryTimeout()));
        return new GatewayServices(gateway, requests(gateway), current.secrets(gateway, options()),
                GenerationObserver.NONE, null, null, current.recovery(gateway.tasks(), shorter));
    }

    @Override
    protected void doStart() throws Exception {
        files = VideoFiles.of(options().getDirectory(), options().getFileName(), getEndpoint().getCamelContext());
        super.doStart();
    }

    /** One download, from its start to the end of its step. */
    private final class Run implements RunningGenerations.Stoppable {

        private final DownloadEvents events;
        private final Download download;
        private final DownloadCompletion completion;
        private final RunningGenerations running = runtime().generations();
        private volatile boolean isStopped;

        Run(DownloadOrder order, GatewayServices gateway, Exchange exchange, DownloadCompletion completion) {
            this.completion = completion;
            this.events = new DownloadEvents(sink(exchange), order.video(), Clock.systemUTC(), this::cancel, this::ended);
            this.download = new Download(order, runtime().downloads(gateway.gateway().tasks().trust(), options()),
                    runtime().downloadWorkers(), events);
        }

        void start(Set<String> places) {
            running.add(this, places);
            download.start();
        }

        private void cancel(String why) {
            download.cancel(why);
        }

        @Override
        public void stop(String why) {
            isStopped = true;
            events.hurry();
            download.cancel(why);
        }

        private void ended(DownloadEnd end) {
            running.remove(this);
            completion.ended(end, isStopped);
        }
    }
}
