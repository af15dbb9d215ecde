/** The gateway of the load: one thread, bytes encoded beforehand, so that it is not what limits a client. */
package io.github.camelsora.benchmarks.server;
