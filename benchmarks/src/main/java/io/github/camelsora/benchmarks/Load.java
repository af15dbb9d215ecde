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

/**
 * What clients are measured with.
 *
 * @param held whether the streams are held open for a while; else each is as fast as the server can, and another follows
 * @param streams at a time
 * @param chunks of each
 */
record Load(boolean held, int streams, int chunks) {

    private static final int DOCUMENTED_CHUNKS = 55;

    String label() {
        return (held ? "hold " : "burst ") + streams + (chunks == DOCUMENTED_CHUNKS ? "" : ", " + chunks + " chunks");
    }
}
