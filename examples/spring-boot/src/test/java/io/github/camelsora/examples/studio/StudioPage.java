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
package io.github.camelsora.examples.studio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

import static org.assertj.core.api.Assertions.assertThat;

/** Page object: what a user does on the page, and what it shows. */
final class StudioPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;
    private final String address;

    StudioPage(ChromeDriver driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    StudioPage open() {
        driver.get(address);
        awaitLive();
        return this;
    }

    void awaitLive() {
        await().until(() -> text("#connection").equals("Live"));
    }

    void order(String prompt) {
        find("#prompt").sendKeys(prompt);
        find("#order").click();
    }

    /** The newest card with this prompt, once it is there. */
    Card card(String prompt) {
        String id = (String) await().until(() -> driver.executeScript("""
                return [...document.querySelectorAll('.card')]
                    .find((card) => card.querySelector('h3').textContent === arguments[0])?.dataset.id""", prompt),
                found -> found != null);
        return new Card(id);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String text(String selector) {
        return find(selector).getText();
    }

    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Presses Tab until this element has the focus. */
    void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            if (Boolean.TRUE.equals(driver.executeScript("return document.activeElement.matches(arguments[0])", selector))) {
                return;
            }
            // Sent to the page, not to the focused element: a file input would take it as a file name.
            new Actions(driver).sendKeys(Keys.TAB).perform();
        }
        throw new AssertionError("The keyboard does not reach " + selector);
    }

    /** Light or dark, and a window of this width; phone widths come with touch. */
    void look(String scheme, int width, int height) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", width < 600));
    }

    /** As if the network were gone, or there again. */
    void network(boolean isThere) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", !isThere, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** What the page has copied. */
    String clipboard() {
        driver.executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite")));
        return (String) driver.executeAsyncScript("navigator.clipboard.readText().then(arguments[arguments.length - 1])");
    }

    void downloadInto(Path folder) {
        driver.executeCdpCommand("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** Moves the pointer there. */
    void pointAt(WebElement element) {
        new Actions(driver).moveToElement(element).perform();
    }

    void lookAsBefore() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What axe-core finds, one line each, with its impact. */
    List<String> accessibilityProblems() {
        try (InputStream axe = StudioPage.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then((result) => done(result.violations.map((problem) =>
                    `${problem.impact}: ${problem.id}, ${problem.help}: `
                    + problem.nodes.map((node) => `${node.html.slice(0, 120)} (${node.failureSummary})`).join(' | '))));""");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** What the page has written to the console as an error since the last call. */
    List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(LogEntry::getMessage).toList();
    }

    /** Every request since the last call, as its kind (Script, Stylesheet, Media, …) and its URL. */
    List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = read(entry.getMessage()).get("message");
            if (message.get("method").asText().equals("Network.requestWillBeSent")) {
                JsonNode parameters = message.get("params");
                requests.add(new Request(parameters.path("type").asText(),
                        URI.create(parameters.get("request").get("url").asText().replaceFirst("^data:.*", "data:x"))));
            }
        }
        return requests;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50))
                .ignoreException(StaleElementReferenceException.class);
    }

    record Request(String kind, URI url) {
    }

    /** A card of the page; looked up anew each time, so it also holds after a reload and in another window. */
    final class Card {

        private final String id;

        private Card(String id) {
            this.id = id;
        }

        String stage() {
            return part(".stage").getText();
        }

        void awaitStage(String stage) {
            await().ignoreException(NoSuchElementException.class).untilAsserted(() -> assertThat(stage()).isEqualTo(stage));
        }

        /** The percentage, or -1. */
        int progress() {
            String value = part("progress").getAttribute("value");
            return value == null || part("progress").getDomAttribute("value") == null ? -1 : (int) Double.parseDouble(value);
        }

        void awaitProgress(int percent) {
            await().ignoreException(NoSuchElementException.class)
                    .untilAsserted(() -> assertThat(progress()).isEqualTo(percent));
        }

        /** An element that appears shortly after the stage: the result is stored after its event was sent. */
        WebElement awaitPart(String selector) {
            await().until(() -> part(selector).isDisplayed());
            return part(selector);
        }

        WebElement part(String selector) {
            return driver.findElement(By.cssSelector(in(selector)));
        }

        String in(String selector) {
            return "[data-id='" + id + "'] " + selector;
        }

        String id() {
            return id;
        }

        String prompt() {
            return part(".prompt").getText();
        }

        boolean isThere() {
            return !driver.findElements(By.cssSelector("[data-id='" + id + "']")).isEmpty();
        }
    }
}
