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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import io.github.camelsora.examples.studio.StudioPage.Card;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in a real browser, on the running studio and the simulator. */
@EnabledIf(value = "io.github.camelsora.examples.studio.Chromium#isHereOrMustBe", disabledReason = Chromium.MISSING)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:page", "studio.simulator.port=0", "studio.simulator.duration=1s",
        "camel.component.sora.recovery-enabled=false", "camel.component.sora.recovery-delay=100ms" })
@ActiveProfiles("simulator")
@DirtiesContext
class StudioPageTest {

    @TempDir
    static Path profile;
    private static ChromeDriver driver;

    @LocalServerPort
    private int port;
    @Autowired
    private SoraSimulator simulator;
    @Autowired
    private Browsers browsers;
    @Autowired
    private JdbcTemplate database;

    private StudioPage page;

    @BeforeAll
    static void startBrowser() {
        driver = Chromium.start(profile);
    }

    @AfterAll
    static void stopBrowser() {
        if (driver != null) {
            driver.quit();
        }
    }

    @BeforeEach
    void openPage() {
        page = new StudioPage(driver, "http://localhost:" + port + "/").open();
    }

    @AfterEach
    void nothingWentWrongUnseenAndNothingCameFromElsewhere() {
        assertThat(page.consoleErrors()).isEmpty();
        Set<String> gatewaysMay = Set.of("Image", "Media");
        URI gateway = URI.create(simulator.baseUrl());
        assertThat(page.requests()).isNotEmpty().allSatisfy(request -> {
            boolean fromBrowser = request.url().getScheme().matches("data|chrome");
            boolean fromGateway = gatewaysMay.contains(request.kind()) && request.url().getPort() == gateway.getPort();
            assertThat(fromGateway || fromBrowser || request.url().getPort() == port)
                    .as(request.toString()).isTrue();
        });
    }

    @Test
    void promptIsQueuedMakesProgressAndPlays() {
        Gate queue = new Gate();
        Gate climb = new Gate();
        simulator.answer(Answer.success().holdAt(Point.QUEUED, queue).holdAt(44, climb));
        String prompt = prompt("a paper boat");
        page.order(prompt);

        Card card = page.card(prompt);
        card.awaitStage("In the queue");
        assertThat(card.progress()).isEqualTo(-1);
        watchProgress(card);
        queue.open();
        card.awaitProgress(44);
        assertThat(card.stage()).isEqualTo("Filming");
        assertThat(card.part(".percent").getText()).isEqualTo("44 %");
        assertThat(card.part(".time").getText()).matches("\\d+:\\d\\d");
        climb.open();
        card.awaitStage("Ready");
        assertThat(watchedProgress()).isEqualTo(List.of(12L, 27L, 44L, 61L, 81L, 93L, 100L));
        assertThat(page.text("#prompt")).isEmpty();

        WebElement video = card.part("video");
        assertThat(video.getAttribute("poster")).startsWith(simulator.baseUrl());
        StudioPage.await().until(() -> (Long) script("return arguments[0].naturalWidth", card.part(".backdrop")) > 0);
        script("arguments[0].muted = true; arguments[0].play()", video);
        StudioPage.await().until(() -> (Long) script("return arguments[0].readyState", video) >= 3);
        double first = time(video);
        StudioPage.await().until(() -> time(video) > first);
    }

    @Test
    void failureShowsReasonAndRemedy() {
        String prompt = prompt("simulate: moderation");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Failed");
        assertThat(card.part(".trouble").getText()).contains("moderation refused this", "input_moderation",
                "Other words may pass", "may have been paid for");
        card.part(".reuse").click();
        assertThat(page.find("#prompt").getAttribute("value")).isEqualTo(prompt);
    }

    @Test
    void aRefusalCanBeTriedAgain() {
        simulator.answer(Answer.status(429));
        String prompt = prompt("a busy day");
        page.order(prompt);
        Card refused = page.card(prompt);
        refused.awaitStage("Failed");
        assertThat(refused.part(".trouble").getText()).contains("busy", "Nothing was paid");
        int paid = simulator.paidRequests();
        refused.part(".again").click();
        refused.awaitStage("Ready");
        assertThat(page.card(prompt).id()).isEqualTo(refused.id());
        assertThat(simulator.paidRequests()).isEqualTo(paid + 1);
    }

    @Test
    void lostVideoCanBeResumed() {
        simulator.answer(Answer.success().cutAfter(61));
        String prompt = prompt("a message in a bottle");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Lost");
        assertThat(card.part(".trouble").getText()).contains("lost sight", "may have been paid for");
        int paid = simulator.paidRequests();
        card.part(".look").click();
        card.awaitStage("Ready");
        card.awaitPart(".change");
        assertThat(simulator.paidRequests()).isEqualTo(paid);
    }

    @Test
    void whatAKilledStudioWasMakingIsInterruptedUntilItIsTakenUpAgain() {
        String prompt = prompt("a night without power");
        database.update("insert into video (id, prompt, gateway, stage, progress, changed) "
                + "values ('interrupted', ?, 'simulator', 'GENERATING', 61, 0)", prompt);
        driver.navigate().refresh();
        page.awaitLive();
        Card card = page.card(prompt);
        card.awaitStage("Interrupted");
        assertThat(card.part(".trouble").getText()).contains("The studio was stopped", "goes on by itself",
                "Nothing is bought twice");
        assertThat(card.part(".again").isDisplayed() || card.part(".look").isDisplayed()).isFalse();
        assertThat(page.accessibilityProblems()).isEmpty();
        database.update("delete from video where id = 'interrupted'");
    }

    @Test
    void reloadShowsTheCurrentProgress() {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(61, gate));
        String prompt = prompt("a train at night");
        page.order(prompt);
        page.card(prompt).awaitProgress(61);
        driver.navigate().refresh();
        page.awaitLive();
        Card card = page.card(prompt);
        card.awaitProgress(61);
        assertThat(card.stage()).isEqualTo("Filming");
        gate.open();
        card.awaitStage("Ready");
    }

    @Test
    void pageReconnectsAfterALostConnection() {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(27, gate));
        String prompt = prompt("fog over a lake");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitProgress(27);
        browsers.disconnect();
        StudioPage.await().until(() -> page.text("#connection").startsWith("Reconnecting"));
        gate.open();
        page.awaitLive();
        card.awaitStage("Ready");
    }

    @Test
    void twoWindowsShowTheSame() {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(27, gate));
        String first = driver.getWindowHandle();
        String second = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
        page.open();
        driver.switchTo().window(first);
        String prompt = prompt("two moons");
        page.order(prompt);
        Card card = page.card(prompt);
        for (String window : List.of(first, second)) {
            driver.switchTo().window(window);
            card.awaitProgress(27);
        }
        gate.open();
        for (String window : List.of(first, second)) {
            driver.switchTo().window(window);
            card.awaitStage("Ready");
        }
        driver.close();
        driver.switchTo().window(first);
    }

    @Test
    void videoCanBeRemixed() {
        String prompt = prompt("a cow");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Ready");
        card.awaitPart(".change").click();
        String change = prompt("with a halo");
        card.part(".remix textarea").sendKeys(change);
        card.part(".remix [type=submit]").click();
        Card changed = page.card(change);
        changed.awaitStage("Ready");
        assertThat(changed.part(".origin").getText()).contains("A change of", prompt);
        assertThat(card.part(".remix").isDisplayed()).isFalse();
        // The gateway was told the whole conversation.
        assertThat(simulator.requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .reduce((earlier, later) -> later).orElseThrow().body()).contains(prompt, change, "assistant");
    }

    @Test
    void imageIsSentWithThePrompt(@TempDir Path folder) throws Exception {
        addPicture(folder);
        String prompt = prompt("let it snow");
        page.order(prompt);
        page.card(prompt).awaitStage("Ready");
        assertThat(page.find("#picture").isDisplayed()).isFalse();
        assertThat(simulator.requests().toString()).contains("data:image/webp;base64,");
    }

    @Test
    void tryAgainKeepsThePictureAlsoAfterAReload(@TempDir Path folder) throws Exception {
        simulator.answer(Answer.status(429));
        addPicture(folder);
        String prompt = prompt("snow again");
        page.order(prompt);
        Card refused = page.card(prompt);
        refused.awaitStage("Failed");
        driver.navigate().refresh();
        page.awaitLive();
        refused.part(".again").click();
        refused.awaitStage("Ready");
        assertThat(simulator.requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .reduce((earlier, later) -> later).orElseThrow().body()).contains(prompt, "data:image/webp;base64,");
    }

    private void addPicture(Path folder) throws IOException {
        Path picture = folder.resolve("start.webp");
        try (var in = URI.create(simulator.baseUrl() + "/cdn/start.webp").toURL().openStream()) {
            Files.copy(in, picture);
        }
        page.find("#image").sendKeys(picture.toString());
        StudioPage.await().until(() -> page.find("#picture").isDisplayed());
    }

    @Test
    void pageCanBeUsedWithTheKeyboardAlone() {
        page.tabTo("#prompt");
        String prompt = prompt("only keys");
        page.press(prompt, Keys.chord(Keys.CONTROL, Keys.ENTER));
        Card card = page.card(prompt);
        card.awaitStage("Ready");
        card.awaitPart(".change");
        page.tabTo(card.in(".change"));
        page.press(Keys.ENTER);
        String change = prompt("with more keys");
        page.press("never mind", Keys.ESCAPE);
        assertThat(card.part(".remix").isDisplayed()).isFalse();
        page.press(Keys.SPACE);
        page.press(Keys.chord(Keys.CONTROL, "a"), change);
        page.tabTo(card.in(".remix [type=submit]"));
        page.press(Keys.ENTER);
        page.card(change).awaitStage("Ready");
    }

    @Test
    void nothingIsSentWithoutAPrompt() {
        int sent = simulator.chatRequests();
        page.find("#order").click();
        assertThat(page.text("#problem")).isEqualTo("Describe it first.");
        assertThat(simulator.chatRequests()).isEqualTo(sent);
    }

    @Test
    void everyStateIsAccessibleAndLooksGoodInLightAndDarkOnDesktopAndPhone() {
        Gate gate = new Gate();
        String failed = order("a celebrity, up close. simulate: moderation", null);
        String waiting = "A lighthouse in a storm, seen from a fishing boat, heavy rain on the lens";
        String running = "A paper boat sets sail on a rain puddle, close to the water, golden evening light";
        String done = order("Two foxes play in fresh snow at dawn, slow motion, shallow depth of field", null);
        page.card(failed).awaitStage("Failed");
        page.card(done).awaitStage("Ready");
        order(running, Answer.success().holdAt(61, gate));
        page.card(running).awaitProgress(61);
        order(waiting, Answer.success().holdAt(Point.QUEUED, gate));
        page.card(waiting).awaitStage("In the queue");
        page.card(done).awaitPart(".change").click();
        try {
            for (String scheme : List.of("light", "dark")) {
                page.look(scheme, 1280, 1000);
                script("scrollTo(0, 0)");
                settle();
                page.screenshot("desktop-" + scheme);
                assertThat(page.accessibilityProblems()).as("desktop, " + scheme).isEmpty();
                page.look(scheme, 390, 844);
                script("scrollTo(0, 0)");
                settle();
                page.screenshot("phone-" + scheme);
                assertThat(page.accessibilityProblems()).as("phone, " + scheme).isEmpty();
                // Not innerWidth: mobile browsers enlarge it to fit overflowing content.
                assertThat((Long) script("return document.documentElement.scrollWidth")).as("no sideways scrolling")
                        .isEqualTo(390);
                for (String prompt : List.of(running, done, failed)) {
                    script("arguments[0].scrollIntoView({ block: 'start' })", page.card(prompt).part("article"));
                    settle();
                    page.screenshot("phone-" + scheme + "-" + page.card(prompt).stage().toLowerCase(Locale.ROOT));
                }
            }
        } finally {
            page.lookAsBefore();
            gate.open();
        }
        page.card(running).awaitStage("Ready");
    }

    private String order(String prompt, Answer answer) {
        if (answer != null) {
            simulator.answer(answer);
        }
        page.order(prompt);
        page.card(prompt);
        return prompt;
    }

    /** Finishes running CSS transitions, so that the final colours are checked. */
    private static void settle() {
        script("document.getAnimations().forEach((animation) => animation.effect.getComputedTiming().iterations === Infinity "
                + "|| animation.finish())");
        driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
    }

    private static void watchProgress(Card card) {
        script("""
                const bar = arguments[0];
                window.progress = [];
                new MutationObserver(() => window.progress.push(bar.value)).observe(bar, { attributeFilter: ['value'] });""",
                card.part("progress"));
    }

    private static List<?> watchedProgress() {
        return (List<?>) script("return [...new Set(window.progress)]");
    }

    private static double time(WebElement video) {
        return ((Number) script("return arguments[0].currentTime", video)).doubleValue();
    }

    private static Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    private static String prompt(String words) {
        return words + " " + UUID.randomUUID().toString().substring(0, 8);
    }
}
