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
package io.github.camelsora.internal.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.apache.camel.Message;
import org.apache.camel.support.ExchangeHelper;

/** Bytes that are text: UTF-8, unless the exchange names another charset. */
final class PromptText {

    private PromptText() {
    }

    /** @throws IllegalArgumentException if they are no text, but a document or a video for example */
    static String of(byte[] bytes, Message message) {
        String named = ExchangeHelper.getCharsetName(message.getExchange(), false);
        Charset charset = named == null ? StandardCharsets.UTF_8 : Charset.forName(named);
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // UTF-16 that is read as UTF-8, and many binary formats, have zeros where text has none.
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // said below
        }
        throw new IllegalArgumentException("There is no prompt: the body is binary, neither text in " + charset
                + " nor an image (PNG, JPEG, WebP, GIF). " + Prompts.WHAT_IS_TAKEN);
    }
}
