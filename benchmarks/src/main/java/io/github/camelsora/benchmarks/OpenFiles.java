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

import java.lang.management.ManagementFactory;

import com.sun.management.UnixOperatingSystemMXBean;

/** Says before a run, and not in the midst of it, that a process may not open as many files as the run has streams. */
final class OpenFiles {

    private static final int OTHERS = 200;

    private OpenFiles() {
    }

    static void check(Settings settings) {
        int streams = settings.loads().stream().mapToInt(Load::streams).max().orElse(0);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < streams + OTHERS) {
            throw new IllegalStateException("A process may open " + system.getMaxFileDescriptorCount() + " files here, and "
                    + streams + " streams need more: raise ulimit -n, or set speed.hold");
        }
    }
}
