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

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import javax.imageio.ImageIO;

import io.github.camelsora.examples.studio.StudioPage.Card;
import io.github.camelsora.task.JdbcTaskRepository;
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
import org.openqa.selenium.By;
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
import static org.assertj.core.api.Assertions.within;

/** The page in a real browser, on the running studio and the simulator. */
@EnabledIf(value = "io.github.camelsora.examples.studio.Chromium#isHereOrMustBe", disabledReason = Chromium.MISSING)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:page", "studio.simulator.port=0", "studio.simulator.duration=1s",
        "camel.component.sora.recovery-enabled=false", "camel.component.sora.recovery-delay=100ms" })
@ActiveProfiles("simulator")
@DirtiesContext
class StudioPageTest {

    /** Cards hide what is too wide, so that the page does not scroll sideways. */
    private static final String OVERFLOWING = """
            return [...document.querySelectorAll('.card :is(.words, .about, .actions, .facts, .ask)')]
                .filter((part) => part.getBoundingClientRect().right > part.closest('.card').getBoundingClientRect().right
                    || part.scrollWidth > part.clientWidth + 8)
                .map((part) => part.className);""";

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
    @Autowired
    private JdbcTaskRepository tasks;

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
        assertThat(card.part(".facts").getText()).contains("Gateway\nsimulator", "Model\nsora-2-preview", "Took\n", "Tokens\n");
        script("arguments[0].muted = true", video);
        card.part(".play").click();
        StudioPage.await().until(() -> (Long) script("return arguments[0].readyState", video) >= 3);
        double first = time(video);
        StudioPage.await().until(() -> time(video) > first);
        assertThat(card.part(".play").isDisplayed()).isFalse();
        assertThat((Boolean) script("""
                const { clientWidth, clientHeight, videoWidth, videoHeight } = arguments[0];
                return Math.abs(clientWidth / clientHeight - videoWidth / videoHeight) < 0.02;""", video))
                .as("in its own ratio").isTrue();
    }

    @Test
    void filmHasItsControlsUnderThePointerAndWithTheFocus() {
        Card card = ready(prompt("a quiet river"));
        WebElement video = card.part("video");
        page.pointAt(page.find("#prompt"));
        StudioPage.await().until(() -> video.getDomAttribute("controls") == null);
        page.pointAt(video);
        StudioPage.await().until(() -> video.getDomAttribute("controls") != null);
        page.pointAt(page.find("#prompt"));
        StudioPage.await().until(() -> video.getDomAttribute("controls") == null);
        script("arguments[0].focus()", video);
        StudioPage.await().until(() -> video.getDomAttribute("controls") != null);
    }

    @Test
    void filmIsDownloadedUnderTheNameOfItsPrompt(@TempDir Path folder) throws IOException {
        Card card = ready(prompt("A stone bridge, é, \" and a river"));
        page.downloadInto(folder);
        card.part(".download").click();
        Path file = folder.resolve(card.prompt().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT) + ".mp4");
        StudioPage.await().until(() -> Files.exists(file));
        try (InputStream film = URI.create(card.part("video").getAttribute("src")).toURL().openStream()) {
            assertThat(file).hasBinaryContent(film.readAllBytes());
        }
    }

    @Test
    void linkOfAFilmCanBeCopied() {
        Card card = ready(prompt("a stone bridge"));
        String link = card.part("video").getAttribute("src");
        card.part(".copy").click();
        StudioPage.await().until(() -> card.part(".copy").getText().equals("Copied"));
        assertThat(page.clipboard()).isEqualTo(link);
        StudioPage.await().until(() -> card.part(".copy").getText().equals("Copy link"));
    }

    @Test
    void videoIsMadeAgainWithItsPictureOnceSomebodyHasAgreed(@TempDir Path folder) throws Exception {
        addPicture(folder);
        String prompt = prompt("a snowman");
        page.order(prompt);
        Card first = page.card(prompt);
        first.awaitStage("Ready");
        int paid = simulator.paidRequests();
        first.awaitPart(".repeat").click();
        assertThat(first.part(".question").getText()).contains("the same words and the same picture", "Nothing is paid");
        first.part(".no").click();
        assertThat(first.part(".ask").isDisplayed()).isFalse();
        assertThat(simulator.paidRequests()).isEqualTo(paid);
        first.part(".repeat").click();
        first.part(".yes").click();
        StudioPage.await().until(() -> !page.card(prompt).id().equals(first.id()));
        Card again = page.card(prompt);
        again.awaitStage("Ready");
        assertThat(simulator.paidRequests()).isEqualTo(paid + 1);
        assertThat(lastOrder()).contains(prompt, "data:image/png;base64,");
        again.part("summary").click();
        StudioPage.await().until(() -> (Long) script("return arguments[0].naturalWidth", again.part(".from-picture img")) > 0);
    }

    @Test
    void deletedVideoIsGoneFromAllPagesAndFromTheTaskRepositoryAndDoesNotComeBack() {
        Card kept = ready(prompt("a house in the woods"));
        Card card = ready(prompt("a house by the sea"));
        String first = driver.getWindowHandle();
        String second = driver.switchTo().newWindow(WindowType.WINDOW).getWindowHandle();
        page.open();
        assertThat(card.isThere()).isTrue();
        driver.switchTo().window(first);
        assertThat(tasks.find(card.id())).isPresent();
        card.awaitPart(".delete").click();
        assertThat(card.part(".question").getText()).contains("for good", "not refunded");
        card.part(".yes").click();
        StudioPage.await().until(() -> !card.isThere());
        assertThat((Boolean) script("return document.activeElement === arguments[0]", kept.part("article"))).isTrue();
        assertThat(tasks.find(card.id())).isEmpty();
        driver.switchTo().window(second);
        StudioPage.await().until(() -> !card.isThere());
        driver.close();
        driver.switchTo().window(first);
        driver.navigate().refresh();
        page.awaitLive();
        assertThat(card.isThere()).isFalse();
        assertThat(kept.isThere()).isTrue();
    }

    @Test
    void runningVideoCanBeCancelledButNotDeletedAndBeFoundLater() {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(44, gate));
        String prompt = prompt("a long march");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitProgress(44);
        int paid = simulator.paidRequests();
        assertThat(card.part(".delete").isDisplayed()).isFalse();
        card.part(".cancel").click();
        assertThat(card.part(".question").getText()).contains("Stop waiting");
        page.press(Keys.ESCAPE);
        assertThat(card.part(".ask").isDisplayed()).isFalse();
        card.part(".cancel").click();
        card.part(".yes").click();
        card.awaitStage("Cancelled");
        assertThat(card.part(".trouble").getText()).contains("may go on making it", "nothing is refunded");
        assertThat(card.part(".cancel").isDisplayed() || card.part(".ask").isDisplayed()).isFalse();
        assertThat(card.part(".delete").isDisplayed()).isTrue();
        gate.open();
        card.part(".look").click();
        card.awaitStage("Ready");
        assertThat(simulator.paidRequests()).isEqualTo(paid);
    }

    @Test
    void questionGoesWhenTheVideoIsFasterThanTheAnswer() {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(44, gate));
        String prompt = prompt("a short walk");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitProgress(44);
        card.part(".cancel").click();
        gate.open();
        card.awaitStage("Ready");
        assertThat(card.part(".ask").isDisplayed()).isFalse();
    }

    @Test
    void ideasFillThePromptAndOrderNothing() {
        database.update("delete from video");
        driver.navigate().refresh();
        page.awaitLive();
        int sent = simulator.chatRequests();
        WebElement idea = page.find(".idea");
        String words = idea.getText();
        idea.click();
        assertThat(page.find("#prompt").getAttribute("value")).isEqualTo(words);
        assertThat((Boolean) script("return document.activeElement.id === 'prompt'")).isTrue();
        assertThat(simulator.chatRequests()).isEqualTo(sent);
        page.find("#order").click();
        page.card(words).awaitStage("Ready");
        assertThat(page.find("#empty").isDisplayed()).isFalse();
    }

    @Test
    void unreachableStudioIsSaidUntilItCanBeReached() {
        page.network(false);
        try {
            page.order(prompt("a radio mast"));
            StudioPage.await().until(() -> page.text("#problem").contains("cannot be reached"));
        } finally {
            page.network(true);
        }
        page.awaitLive();
        assertThat(page.text("#problem")).isEmpty();
        assertThat(page.find("#prompt").getAttribute("value")).as("what was typed").contains("a radio mast");
        assertThat(page.consoleErrors()).allSatisfy(error -> assertThat(error).contains("ERR_INTERNET_DISCONNECTED"));
    }

    @Test
    void whatIsReadStaysInItsPlaceWhenAnOrderComesIn() throws IOException {
        for (int i = 0; i < 8; i++) {
            ready(prompt("a film to scroll past"));
        }
        try {
            page.look("light", 390, 844);
            WebElement read = driver.findElements(By.cssSelector(".card")).get(5);
            script("arguments[0].scrollIntoView({ block: 'start' })", read);
            settle();
            long before = top(read);
            String prompt = prompt("from another page");
            new RawHttp(port).order("/api/videos", "{\"gateway\":\"simulator\",\"prompt\":\"" + prompt + "\"}");
            Card card = page.card(prompt);
            settle();
            assertThat(top(read)).isCloseTo(before, within(2L));
            card.awaitPart(".change");
            settle();
            assertThat(top(read)).isCloseTo(before, within(2L));
        } finally {
            page.lookAsBefore();
        }
    }

    @Test
    void sunStartsBehindTheHillsAndRisesAboveThem() {
        Gate gate = new Gate();
        Gate last = new Gate();
        simulator.answer(Answer.success().holdAt(Point.QUEUED, gate).holdAt(93, last));
        String prompt = prompt("an early morning");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("In the queue");
        try {
            for (int width : new int[] { 1280, 390 }) {
                page.look("light", width, 844);
                settle();
                assertThat(onTopOfTheSun(card)).as("%d pixels wide", width).startsWith("dune");
            }
            gate.open();
            card.awaitProgress(93);
            settle();
            assertThat(onTopOfTheSun(card)).isEqualTo("sun");
        } finally {
            page.lookAsBefore();
            gate.open();
            last.open();
        }
        card.awaitStage("Ready");
    }

    /** What a person sees where the sun has its highest point. */
    private static String onTopOfTheSun(Card card) {
        script("arguments[0].scrollIntoView({ block: 'center' })", card.part(".screen"));
        return (String) script("""
                const { left, width, top } = arguments[0].getBoundingClientRect();
                return document.elementFromPoint(left + width / 2, top + 2).className;""", card.part(".sun"));
    }

    private static long top(WebElement element) {
        return Math.round(((Number) script("return arguments[0].getBoundingClientRect().top", element)).doubleValue());
    }

    private Card ready(String prompt) {
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Ready");
        card.awaitPart(".change");
        return card;
    }

    private String lastOrder() {
        return simulator.requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .reduce((earlier, later) -> later).orElseThrow().body();
    }

    @Test
    void failureShowsReasonAndRemedy() {
        String prompt = prompt("simulate: moderation");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Failed");
        assertThat(card.part(".trouble").getText()).contains("moderation refused this", "Other words may pass",
                "may have been paid for").doesNotContain("input_moderation");
        card.part("summary").click();
        assertThat(card.part(".details").getText()).contains("input_moderation");
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
        assertThat(lastOrder()).contains(prompt, change, "assistant");

        changed.awaitPart(".change").click();
        String again = prompt("at night");
        changed.part(".remix textarea").sendKeys(again);
        changed.part(".remix [type=submit]").click();
        Card last = page.card(again);
        last.awaitStage("Ready");
        assertThat(last.part(".origin").getText()).as("the whole chain").containsSubsequence(prompt, change);
        assertThat(card.part(".changes").getText()).contains("Changed into", change);
        last.part(".origin a").click();
        assertThat((Boolean) script("return document.activeElement === arguments[0]", card.part("article"))).isTrue();
        // What was changed is deleted: the chain ends there.
        card.part(".delete").click();
        card.part(".yes").click();
        StudioPage.await().until(() -> changed.part(".origin").getText().contains("a video that is not in the list"));
    }

    @Test
    void imageIsSentWithThePrompt(@TempDir Path folder) throws Exception {
        addPicture(folder);
        String prompt = prompt("let it snow");
        page.order(prompt);
        page.card(prompt).awaitStage("Ready");
        assertThat(page.find("#picture").isDisplayed()).isFalse();
        assertThat(simulator.requests().toString()).contains("data:image/png;base64,");
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
        assertThat(lastOrder()).contains(prompt, "data:image/png;base64,");
    }

    @Test
    void promptOfAFailureIsUsedWithItsPicture(@TempDir Path folder) throws Exception {
        addPicture(folder);
        String prompt = prompt("simulate: moderation");
        page.order(prompt);
        Card card = page.card(prompt);
        card.awaitStage("Failed");
        card.part(".reuse").click();
        StudioPage.await().until(() -> page.find("#picture").isDisplayed());
        assertThat(page.find("#prompt").getAttribute("value")).isEqualTo(prompt);
    }

    private void addPicture(Path folder) throws IOException {
        Path picture = folder.resolve("start.png");
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
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
        database.update("delete from video");
        driver.navigate().refresh();
        page.awaitLive();
        look("empty");
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
        String changed = "At night, with a lantern";
        page.card(done).awaitPart(".change").click();
        page.card(done).part(".remix textarea").sendKeys(changed);
        page.card(done).part(".remix [type=submit]").click();
        page.card(changed).awaitStage("Ready");
        String cancelled = order("A message in a bottle drifts past a pier", Answer.success().holdAt(Point.QUEUED, new Gate()));
        page.card(cancelled).awaitPart(".cancel").click();
        page.card(cancelled).part(".yes").click();
        page.card(cancelled).awaitStage("Cancelled");
        try {
            look("states", running, done, changed, failed, cancelled);
            page.card(done).part(".change").click();
            page.card(changed).part(".delete").click();
            page.card(running).part(".cancel").click();
            script("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
            look("open", running, done, changed, failed);
        } finally {
            page.lookAsBefore();
            gate.open();
        }
        page.card(running).awaitStage("Ready");
    }

    /** In light and dark, on a desktop and on a phone: takes pictures, and looks for problems. */
    private void look(String name, String... prompts) {
        for (String scheme : List.of("light", "dark")) {
            page.look(scheme, 1280, 1000);
            script("scrollTo(0, 0)");
            settle();
            page.screenshot(name + "-desktop-" + scheme);
            assertThat(page.accessibilityProblems()).as("desktop, " + scheme).isEmpty();
            page.look(scheme, 390, 844);
            script("scrollTo(0, 0)");
            settle();
            page.screenshot(name + "-phone-" + scheme);
            assertThat(page.accessibilityProblems()).as("phone, " + scheme).isEmpty();
            // Not innerWidth: mobile browsers enlarge it to fit overflowing content.
            assertThat((Long) script("return document.documentElement.scrollWidth")).as("no sideways scrolling").isEqualTo(390);
            assertThat((List<?>) script(OVERFLOWING)).as("nothing is cut off").isEmpty();
            for (int i = 0; i < prompts.length; i++) {
                script("arguments[0].scrollIntoView({ block: 'start' })", page.card(prompts[i]).part("article"));
                settle();
                page.screenshot(name + "-phone-" + scheme + "-" + i);
            }
        }
        page.lookAsBefore();
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
