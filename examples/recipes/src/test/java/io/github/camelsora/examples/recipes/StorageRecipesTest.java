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
package io.github.camelsora.examples.recipes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;

/** Videos that are kept: in a folder, and in an S3 server inside this process. */
class StorageRecipesTest extends RecipeTest {

    private final LocalS3 server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
    private S3Client s3;

    @TempDir
    private Path folder;

    @Override
    void prepare() {
        server.start();
        s3 = S3Client.builder().endpointOverride(URI.create("http://127.0.0.1:" + server.getPort())).forcePathStyle(true)
                .region(Region.EU_CENTRAL_1).requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"))).build();
        s3.createBucket(bucket -> bucket.bucket("films"));
        context.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration().setAmazonS3Client(s3);
        Properties properties = new Properties();
        properties.setProperty("videos", folder.toString());
        properties.setProperty("bucket", "films");
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stopTheServer() {
        s3.close();
        server.shutdown();
    }

    @Test
    @Recipe("Save the video to a folder")
    void theFilmIsBesideItsJson() throws Exception {
        simulator().answer(Answer.success().progress(12));
        assertThat(send("direct:prompts", "a paper boat").getException()).isNull();
        String task = simulator().tasks().get(0).id();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(task + ".mp4", task + ".json");
        }
        assertFilm(Files.readAllBytes(folder.resolve(task + ".mp4")));
        SoraVideo video = context.getTypeConverter().mandatoryConvertTo(SoraVideo.class,
                Files.readAllBytes(folder.resolve(task + ".json")));
        assertThat(video.prompt()).isEqualTo("a paper boat");
        assertThat(video.taskId()).isEqualTo(task);
    }

    @Test
    @Recipe("Save the video to S3")
    void theFilmIsAnObjectNamedByItsTask() {
        simulator().answer(Answer.success().progress(12));
        Exchange exchange = send("direct:prompts", "a paper boat");
        assertThat(exchange.getException()).isNull();
        String task = simulator().tasks().get(0).id();
        assertThat(s3.listObjectsV2(request -> request.bucket("films")).contents())
                .extracting(object -> object.key()).isEqualTo(List.of(task + ".mp4"));
        var film = s3.getObjectAsBytes(request -> request.bucket("films").key(task + ".mp4"));
        assertThat(film.response().contentType()).isEqualTo("video/mp4");
        assertFilm(film.asByteArray());
    }

    private static void assertFilm(byte[] film) {
        assertThat(film.length).isGreaterThan(10_000);
        assertThat(new String(film, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
    }
}
