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

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * Runs a Camel application on the simulator, unless the environment names a real gateway: with both {@code SORA_API_KEY} and
 * {@code SORA_GATEWAY} set, the application runs as it is. Else a simulator starts in this process, and the options of the
 * component {@code sora} point at it, as system properties, which win over the application's own. The first argument is the
 * application's main class, the others are passed on to it.
 */
public final class SoraSimulatorLauncher {

    private static final String COMPONENT = "camel.component.sora.";

    private SoraSimulatorLauncher() {
    }

    /** @throws IllegalArgumentException if no main class is named, or there is none of that name */
    public static void main(String[] args) throws Throwable {
        if (args.length == 0) {
            throw new IllegalArgumentException("Name the main class of the application as the first argument");
        }
        String application = args[0];
        SoraSimulator simulator = prepare(System.getenv());
        try {
            Class.forName(application).getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            throw new IllegalArgumentException("There is no main class " + application, e);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (simulator != null) {
                simulator.close();
            }
        }
    }

    static SoraSimulator prepare(Map<String, String> environment) {
        String gateway = environment.get("SORA_GATEWAY");
        if (isSet(environment.get("SORA_API_KEY")) && isSet(gateway)) {
            System.out.println("Running on gateway " + gateway);
            return null;
        }
        SoraSimulator simulator = SoraSimulator.builder().duration(Duration.ofSeconds(8)).start();
        System.out.println("Running on the simulator at " + simulator.baseUrl()
                + "; set SORA_API_KEY and SORA_GATEWAY for a real gateway");
        System.setProperty(COMPONENT + "gateway", "goapi");
        System.setProperty(COMPONENT + "baseUrl", simulator.baseUrl());
        System.setProperty(COMPONENT + "apiKey", "simulator");
        return simulator;
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
