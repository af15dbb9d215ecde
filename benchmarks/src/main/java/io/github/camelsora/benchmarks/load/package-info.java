/** The load that every client gets: the stream's shape, what a request asks for, and how a chunk is read. */
package io.github.camelsora.benchmarks.load;
