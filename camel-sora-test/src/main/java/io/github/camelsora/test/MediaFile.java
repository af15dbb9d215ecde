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

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import io.vertx.core.buffer.Buffer;

/**
 * A video or a picture, as it is sent.
 *
 * @param entityTag stands for these very bytes, with the quotes around it
 */
record MediaFile(String contentType, Buffer bytes, String entityTag) {

    static MediaFile of(String contentType, byte[] bytes) {
        return new MediaFile(contentType, Buffer.buffer(bytes),
                '"' + HexFormat.of().formatHex(Arrays.copyOf(sha256(bytes), 16)) + '"');
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
