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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP requests written by hand: HTTP clients refuse to send any {@code Host} and any {@code Content-Length}. */
final class RawHttp {

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** The studio's own address, as {@code Host} has it. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** Orders as the page does. */
    Answer order(String path, String json) throws IOException {
        return post(path, json.getBytes(StandardCharsets.UTF_8), "Host: " + host(), "Origin: http://" + host(),
                "Content-Type: application/json");
    }

    Answer post(String path, byte[] body, String... headers) throws IOException {
        return send("POST " + path + " HTTP/1.1", body, headers);
    }

    Answer get(String path, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1", null, headers);
    }

    /** Sends one request and reads the whole answer; of an event stream only the head. */
    Answer send(String firstLine, byte[] body, String... headers) throws IOException {
        try (Socket socket = open(firstLine, body, headers)) {
            return read(socket);
        }
    }

    /** Sends one request and reads nothing. */
    Socket open(String firstLine, byte[] body, String... headers) throws IOException {
        Socket socket = new Socket();
        // Small, so that what is not read waits in the studio.
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(30_000);
        StringBuilder head = new StringBuilder(firstLine).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        if (body != null) {
            socket.getOutputStream().write(body);
        }
        return socket;
    }

    static Answer read(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String firstLine = line(in);
        if (firstLine.isEmpty()) {
            throw new IOException("The connection was closed without an answer");
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ?", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        String length = headers.get("content-length");
        byte[] body = endless ? new byte[0] : length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Answer(Integer.parseInt(firstLine.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Header names are in lower case. The body may still be in chunks: look for what it contains. */
    record Answer(int status, Map<String, String> headers, String body) {

        /** The id of the video that was ordered. */
        String id() {
            return body.replaceFirst("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        }
    }
}
