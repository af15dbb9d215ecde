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

/**
 * What the page asks for.
 *
 * @param prompt what to show, or what to change
 * @param gateway the name of a gateway; may be {@code null} if a video is to be changed, as its own gateway changes it
 * @param model a model, or {@code null} for the gateway's own
 * @param image a picture to start from, as a {@code data:} URL, or {@code null}
 * @param remixOf the id of the video to change, or {@code null}
 */
public record VideoOrder(String prompt, String gateway, String model, String image, String remixOf) {

    /** The length of the database column. */
    private static final int MAX_PROMPT = 8000;

    public VideoOrder {
        prompt = prompt == null ? "" : prompt.strip();
        model = model == null || model.isBlank() ? null : model.strip();
    }

    /** @throws IllegalArgumentException with a sentence for the page */
    void check() {
        check(!prompt.isEmpty(), "Describe the video first.");
        check(prompt.length() <= MAX_PROMPT, "The description is too long: at most " + MAX_PROMPT + " characters.");
        check(model == null || model.length() <= 100, "No model has such a long name.");
        check(image == null || image.matches("data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+"),
                "The picture must be a PNG, JPEG, WebP or GIF file.");
    }

    VideoOrder at(String itsGateway) {
        return new VideoOrder(prompt, itsGateway, model, image, remixOf);
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
