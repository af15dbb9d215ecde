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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A server of raw sockets that does what a script says, so that a test decides every byte. Counts connections and requests,
 * keeps what it has read, and sees when the client has closed. A thread per connection.
 */
public final class WireServer implements AutoCloseable {

    /** What happens on one connection. What it leaves open, the client has to close. */
    public interface Script {

        void run(Connection connection) throws Exception;
    }

    public static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    public static final String CHUNKED = STREAM + "Transfer-Encoding: chunked\r\n\r\n";
    static final String UNTIL_CLOSE = STREAM + "\r\n";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private final ServerSocket server;
    private final SSLContext tls;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final StringBuffer received = new StringBuffer();
    private volatile Throwable failure;

    private WireServer(SSLContext tls, Script script) {
        this.tls = tls;
        this.script = script;
        try {
            server = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("wire-accept", this::accept);
    }

    public static WireServer running(Script script) {
        return new WireServer(null, script);
    }

    public static WireServer runningTls(SSLContext tls, Script script) {
        return new WireServer(tls, script);
    }

    /** Reads the request, sends the text, and waits for the client to close. */
    public static WireServer answering(String text) {
        return running(connection -> {
            connection.readRequest();
            connection.send(text);
        });
    }

    /** As {@link #answering}, but closes. */
    public static WireServer answeringAndClosing(String text) {
        return running(connection -> {
            connection.readRequest();
            connection.send(text);
            connection.close();
        });
    }

    public static String whole(String contentType, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n" + body;
    }

    public static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    public static String event(String data) {
        return "data: " + data + "\n\n";
    }

    public int port() {
        return server.getLocalPort();
    }

    public URI uri() {
        return URI.create((tls == null ? "http" : "https") + "://localhost:" + port() + "/v1/chat/completions");
    }

    public int connections() {
        return connections.get();
    }

    /** Head and body of each request. */
    public List<String> requests() {
        return requests;
    }

    /** How many connections neither side has closed. */
    public int open() {
        return open.size();
    }

    /** Every byte that a script has read or piped. */
    public String received() {
        return received.toString();
    }

    /** What a script has thrown, if it was not the client's going away. */
    public Throwable failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                daemon("wire-connection", () -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try {
            Socket socket = accepted;
            if (tls != null) {
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
                secure.setUseClientMode(false);
                socket = secure;
            }
            Connection connection = new Connection(socket, accepted);
            script.run(connection);
            connection.awaitClosed();
        } catch (IOException e) {
            // the client went away
        } catch (Exception | AssertionError e) {
            failure = e;
        } finally {
            open.remove(accepted);
            closeQuietly(accepted);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed it is
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection, as its script sees it. */
    public final class Connection {

        private final Socket socket;
        private final Socket transport;

        Connection(Socket socket, Socket transport) {
            this.socket = socket;
            this.transport = transport;
        }

        /** The head up to the blank line; null at the end. */
        public String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = socket.getInputStream().read();
                if (b < 0) {
                    return null;
                }
                head.append((char) b);
                received.append((char) b);
            }
            return head.toString();
        }

        /** Head and body; without a length there is none. */
        public String readRequest() throws IOException {
            String head = readHead();
            if (head == null) {
                throw new SocketException("No request came");
            }
            Matcher length = LENGTH.matcher(head);
            int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
            String body = new String(socket.getInputStream().readNBytes(size), UTF_8);
            requests.add(head + body);
            return head + body;
        }

        /** Reads a head and the body that it announces, and keeps neither. */
        public void skipRequest() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            Matcher length = LENGTH.matcher(head);
            socket.getInputStream().skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        }

        public void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }

        public void send(byte[] bytes, int offset, int length) throws IOException {
            socket.getOutputStream().write(bytes, offset, length);
        }

        /** Waits that long; true if the client has closed meanwhile. */
        public boolean isClosedWithin(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(0);
            }
        }

        public void awaitClosed() throws IOException {
            if (!transport.isClosed()) {
                socket.getInputStream().transferTo(new ByteArrayOutputStream());
            }
        }

        public void close() throws IOException {
            socket.close();
        }

        public void reset() throws IOException {
            transport.setSoLinger(true, 0);
            transport.close();
        }

        /** Passes everything on, in both directions, until one side closes. */
        public void pipeTo(int port) throws IOException {
            try (Socket target = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                daemon("wire-pipe", () -> pipe(target, socket, false));
                pipe(socket, target, true);
            }
        }

        private void pipe(Socket from, Socket to, boolean keep) {
            try {
                byte[] buffer = new byte[8192];
                for (int n = from.getInputStream().read(buffer); n > 0; n = from.getInputStream().read(buffer)) {
                    if (keep) {
                        received.append(new String(buffer, 0, n, ISO_8859_1));
                    }
                    to.getOutputStream().write(buffer, 0, n);
                    to.getOutputStream().flush();
                }
            } catch (IOException e) {
                // one side went away
            } finally {
                closeQuietly(to);
            }
        }
    }
}
