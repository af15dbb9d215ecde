/** What runs in the process of a client: streams, and what they cost. */
package io.github.camelsora.benchmarks.measure;
