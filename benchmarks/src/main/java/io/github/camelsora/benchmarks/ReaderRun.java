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
package io.github.camelsora.benchmarks;

import java.util.Collection;
import java.util.Locale;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link ReaderBenchmark} and says how the whole reader compares with the JSON alone, and with two
 * fields of it.
 */
public final class ReaderRun {

    private ReaderRun() {
    }

    /** With the system property {@code reader.gc=true} also what it allocates. */
    public static void main(String[] arguments) throws RunnerException {
        // where JMH looks for the class path of the JVMs that it forks
        System.setProperty("java.class.path", JavaProcess.classPath());
        ChainedOptionsBuilder options = new OptionsBuilder().include(ReaderBenchmark.class.getName());
        if (Boolean.getBoolean("reader.gc")) {
            options.addProfiler(GCProfiler.class);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        for (String input : new String[] {"goapi", "dots"}) {
            double framing = score(results, "framing", input);
            double json = score(results, "json", input);
            double report = score(results, "report", input);
            double whole = score(results, "whole", input);
            double fields = score(results, "fields", input);
            System.out.printf(Locale.ROOT, "%-6s framing %.1f µs, json %.1f µs, report %.1f µs, whole %.1f µs, "
                        + "two fields %.1f µs: the whole is %.2f times the JSON, %.2f times two fields%n",
                    input, framing, json, report, whole, fields, whole / json, whole / fields);
        }
    }

    /** The fastest iteration: what else the machine does makes the others slower, and never one faster. */
    private static double score(Collection<RunResult> results, String method, String input) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .filter(result -> result.getParams().getParam("input").equals(input))
                .mapToDouble(result -> result.getPrimaryResult().getStatistics().getMin())
                .findFirst().orElseThrow(() -> new IllegalStateException("No result of " + method + " for " + input));
    }
}
