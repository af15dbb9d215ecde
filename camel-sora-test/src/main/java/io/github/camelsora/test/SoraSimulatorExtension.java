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
package io.github.camelsora.test;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link SoraSimulator} for the tests of a class, reset after each of them: {@code @RegisterExtension static final
 * SoraSimulatorExtension SORA = new SoraSimulatorExtension();} In a field that is not static each test has one of its own. It
 * starts when it is first asked for, so other fields and extensions may use its address.
 */
public final class SoraSimulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final SoraSimulator.Builder settings;
    private SoraSimulator simulator;
    private int openClasses;

    /** With the settings of {@link SoraSimulator#start()}. */
    public SoraSimulatorExtension() {
        this(SoraSimulator.builder());
    }

    /** With these settings. */
    public SoraSimulatorExtension(SoraSimulator.Builder settings) {
        this.settings = settings;
    }

    /** The simulator, started if it was not. */
    public synchronized SoraSimulator simulator() {
        if (simulator == null) {
            simulator = settings.start();
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        openClasses++;
        simulator();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulator();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (openClasses == 0) {
            stop();
        } else {
            simulator.reset();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Also called for nested test classes. The simulator must stay open until the outer class ends.
        openClasses--;
        if (openClasses == 0) {
            stop();
        }
    }

    private synchronized void stop() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
