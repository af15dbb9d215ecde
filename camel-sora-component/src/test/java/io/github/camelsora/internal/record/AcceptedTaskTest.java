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
package io.github.camelsora.internal.record;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Which answers show that a gateway has accepted a task, so that they are no refusals. Single quotes stand for double ones. */
class AcceptedTaskTest {

    @ParameterizedTest
    @ValueSource(strings = {"{'task_id':'task_1'}", "{'id':'task_1','status':'failed','error':'m'}",
        "{'code':200,'message':'success','data':{'task_id':'task_1'}}", "{'status':'processing','message':'m'}",
        "{'error':'m','data':{'status':'queued'}}", "{'running':true,'message':'m'}",
        "{'error':'m','video_url':'https://a.example/v.mp4','status':'completed'}", "{'detail':{'status':'succeeded'}}"})
    void anAcceptedTaskHasAnIdOrAVideoOrGoesOn(String body) {
        assertThat(isAcceptedTask(body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{'error':'m'}", "{'error':{'message':'m','code':503}}",
        "{'status':'error','message':'m'}", "{'status':500,'error':'m'}", "{'status':'UNAVAILABLE','message':'m'}",
        "{'detail':[{'msg':'m','type':'t'}]}", "{'id':7,'error':'m'}", "{'request_id':'x','error':'m'}"})
    void anErrorAloneIsNoTask(String body) {
        assertThat(isAcceptedTask(body)).isFalse();
    }

    private static boolean isAcceptedTask(String body) {
        return TaskRecord.isAcceptedTask(body.replace('\'', '"').getBytes(UTF_8));
    }
}
