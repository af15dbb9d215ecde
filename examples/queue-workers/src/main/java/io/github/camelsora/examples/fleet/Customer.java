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
package io.github.camelsora.examples.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Sends orders, and reads the answers. An order that stays without one is sent again, with the same key. Thread-safe. */
final class Customer implements AutoCloseable {

    private final ActiveMQConnectionFactory factory;
    private final JMSContext orders;
    private final JMSContext answers;
    private final Map<String, String> prompts = new TreeMap<>();
    private final Map<String, Integer> videos = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    Customer(String brokerUrl) {
        factory = new ActiveMQConnectionFactory(brokerUrl);
        orders = factory.createContext();
        answers = orders.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        answers.createConsumer(answers.createQueue("videos")).setMessageListener(this::video);
        answers.createConsumer(answers.createQueue("noVideo")).setMessageListener(this::noVideo);
    }

    synchronized void order(String key, String prompt) {
        prompts.put(key, prompt);
        send(key);
    }

    private void send(String key) {
        try {
            TextMessage order = orders.createTextMessage(prompts.get(key));
            order.setStringProperty("orderId", key);
            orders.createProducer().send(orders.createQueue("orders"), order);
        } catch (JMSException e) {
            throw new IllegalStateException("Order " + key + " cannot be sent", e);
        }
    }

    private void video(Message answer) {
        videos.merge(key(answer), 1, Integer::sum);
    }

    private void noVideo(Message answer) {
        try {
            failures.put(key(answer), answer.getStringProperty("outcome") + ": " + answer.getBody(String.class));
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }

    private static String key(Message answer) {
        try {
            return String.valueOf(answer.getJMSCorrelationID());
        } catch (JMSException e) {
            throw new JMSRuntimeException(e.getMessage(), e.getErrorCode(), e);
        }
    }

    /** Orders that have neither a video nor an error. */
    synchronized List<String> unanswered() {
        List<String> keys = new ArrayList<>(prompts.keySet());
        keys.removeAll(videos.keySet());
        keys.removeAll(failures.keySet());
        return keys;
    }

    synchronized void orderAgain(Collection<String> keys) {
        keys.forEach(this::send);
    }

    synchronized int orders() {
        return prompts.size();
    }

    /** How many orders have a video. */
    int videos() {
        return videos.size();
    }

    /** How many videos came once more. */
    int repeatedVideos() {
        return videos.values().stream().mapToInt(Integer::intValue).sum() - videos.size();
    }

    /** Why orders have no video. */
    Map<String, String> failures() {
        Map<String, String> left = new TreeMap<>(failures);
        left.keySet().removeAll(videos.keySet());
        return left;
    }

    @Override
    public void close() {
        answers.close();
        orders.close();
        factory.close();
    }
}
