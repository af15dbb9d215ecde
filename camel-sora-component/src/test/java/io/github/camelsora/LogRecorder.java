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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Everything that some loggers say at any level, from its opening to its closing. They say it nowhere else meanwhile. */
public final class LogRecorder implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<LoggerConfig> replaced = new ArrayList<>();
    private final List<String> loggers;

    public LogRecorder(String... loggers) {
        this.loggers = List.of(loggers);
        AbstractAppender appender = new AbstractAppender("recorder", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(line(event));
            }
        };
        appender.start();
        for (String name : loggers) {
            LoggerConfig before = configuration().getLoggers().get(name);
            if (before != null) {
                replaced.add(before);
                configuration().removeLogger(name);
            }
            LoggerConfig recording = new LoggerConfig(name, Level.ALL, false);
            recording.addAppender(appender, Level.ALL, null);
            configuration().addLogger(name, recording);
        }
        context().updateLoggers();
    }

    private static String line(LogEvent event) {
        StringWriter thrown = new StringWriter();
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(thrown, true));
        }
        return event.getLevel() + " " + event.getLoggerName() + " " + event.getMessage().getFormattedMessage() + thrown;
    }

    /** Level, logger, message and stack trace of each, so far. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        loggers.forEach(configuration()::removeLogger);
        replaced.forEach(before -> configuration().addLogger(before.getName(), before));
        context().updateLoggers();
    }

    private static Configuration configuration() {
        return context().getConfiguration();
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }
}
