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
package io.github.camelsora;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/** The headers of the component, and its exchange properties. */
public final class SoraConstants {

    // read from the message

    @Metadata(label = "generate remix", description = "The model; overrides the option `model`.", javaType = "String")
    public static final String MODEL = "CamelSoraModel";
    @Metadata(label = "remix", description = "The earlier video that `remix` changes: a `SoraVideo`, its COMPLETED event, "
            + "the JSON of either, or an id that is in the task repository.", javaType = "io.github.camelsora.event.SoraVideo")
    public static final String REMIX_OF = "CamelSoraRemixOf";

    @Metadata(label = "generate remix", description = "An image to make the video from: an https link or a data URL, or a "
            + "list of two, the first and the last frame.", javaType = "String")
    public static final String IMAGE_URL = "CamelSoraImageUrl";

    @Metadata(label = "generate remix", description = "Which order the message is. The same key is paid for once. Overrides "
            + "the option `requestKey`.", javaType = "String")
    public static final String REQUEST_KEY = "CamelSoraRequestKey";
    @Metadata(label = "generate remix", description = "More fields of this request, as a map; they override those of the "
            + "option `additionalBodyProperty`. Values keep their types.", javaType = "java.util.Map<String, Object>")
    public static final String BODY_PROPERTIES = "CamelSoraBodyProperties";

    // set on events and on the result

    @Metadata(description = "True if the result came from the task repository, and this exchange bought nothing.",
            javaType = "Boolean")
    public static final String REPLAYED = "CamelSoraReplayed";

    @Metadata(description = "The id of the generation. It is the same on all its events, its result and its exception. "
            + "`cancel` reads it, and `resume` beside a task id or a source link.", javaType = "String")
    public static final String GENERATION_ID = "CamelSoraGenerationId";
    @Metadata(description = "When the component saw the event, in milliseconds since 1970-01-01T00:00Z.", javaType = "Long")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;
    @Metadata(description = "The kind of the event.", javaType = "String",
            enums = "SUBMITTED,QUEUED,GENERATING,PROGRESS,RECOVERING,COMPLETED,FAILED")
    public static final String EVENT_TYPE = "CamelSoraEventType";
    @Metadata(description = "Number of the event within its generation, from 1, without gaps.", javaType = "Integer")
    public static final String EVENT_SEQUENCE = "CamelSoraEventSequence";
    @Metadata(description = "The gateway's id of the task. `resume` and `cancel` read it.", javaType = "String")
    public static final String TASK_ID = "CamelSoraTaskId";
    @Metadata(description = "The progress in percent, 0 to 100.", javaType = "Integer")
    public static final String PROGRESS = "CamelSoraProgress";
    @Metadata(description = "The link of the video. `download` reads it.", javaType = "String")
    public static final String VIDEO_URL = "CamelSoraVideoUrl";
    @Metadata(description = "The link of a picture of the video.", javaType = "String")
    public static final String THUMBNAIL_URL = "CamelSoraThumbnailUrl";
    @Metadata(description = "The link of the page that shows the task in a browser.", javaType = "String")
    public static final String PREVIEW_URL = "CamelSoraPreviewUrl";
    @Metadata(description = "The link that returns the state of the task. `resume` reads it.", javaType = "String")
    public static final String SOURCE_URL = "CamelSoraSourceUrl";
    @Metadata(description = "The gateway's id of the video, which it needs for a remix.", javaType = "String")
    public static final String VIDEO_ID = "CamelSoraVideoId";
    @Metadata(description = "The name of the gateway. `remix` and `resume` read it.", javaType = "String")
    public static final String GATEWAY = "CamelSoraGateway";
    @Metadata(description = "The id of the chat completion.", javaType = "String")
    public static final String RESPONSE_ID = "CamelSoraResponseId";
    @Metadata(description = "The model that the gateway says it used.", javaType = "String")
    public static final String RESPONSE_MODEL = "CamelSoraResponseModel";
    @Metadata(description = "The chat completion's finish reason.", javaType = "String")
    public static final String FINISH_REASON = "CamelSoraFinishReason";
    @Metadata(description = "Tokens of the request.", javaType = "Integer")
    public static final String PROMPT_TOKENS = "CamelSoraPromptTokens";
    @Metadata(description = "Tokens of the report.", javaType = "Integer")
    public static final String COMPLETION_TOKENS = "CamelSoraCompletionTokens";
    @Metadata(description = "Tokens of the request and the report.", javaType = "Integer")
    public static final String TOTAL_TOKENS = "CamelSoraTotalTokens";
    @Metadata(description = "How the generation or download ended.", javaType = "String",
            enums = "COMPLETED,REFUSED,FAILED,LOST,NOT_DOWNLOADED")
    public static final String OUTCOME = "CamelSoraOutcome";
    @Metadata(description = "Why there is no video: the gateway's words, else the message of the exception.",
            javaType = "String")
    public static final String FAILURE_REASON = "CamelSoraFailureReason";

    /** The default of {@code conversationHistoryProperty}. */
    public static final String CONVERSATION_HISTORY = "CamelSoraConversationHistory";

    private SoraConstants() {
    }
}
