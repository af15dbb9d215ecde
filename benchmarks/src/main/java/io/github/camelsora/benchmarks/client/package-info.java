/** What is compared: each class is one way to read a gateway's streams. */
package io.github.camelsora.benchmarks.client;
