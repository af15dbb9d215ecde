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

import java.io.InputStream;

import io.github.camelsora.internal.download.VideoServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Fetches a video in a process of its own. */
final class DownloadProcess {

    private DownloadProcess() {
    }

    /** Arguments: port, link, directory, and {@code file} or {@code stream}. Prints whether the video is whole. */
    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("sora:download?recoveryDelay=10ms&recoveryMaxDelay=10ms&trustedHosts=127.0.0.1:"
                            + args[0] + (args[3].equals("file") ? "&fileName=video.mp4&directory=" + args[2] : ""))
                            .process(exchange -> {
                                long size = exchange.getMessage().getHeader("Content-Length", Long.class);
                                try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
                                    System.out.println((VideoServer.isVideo(in, size) ? "whole " : "broken ") + size);
                                }
                            });
                }
            });
            context.start();
            context.createProducerTemplate().sendBody("direct:in", args[1]);
        }
    }
}
