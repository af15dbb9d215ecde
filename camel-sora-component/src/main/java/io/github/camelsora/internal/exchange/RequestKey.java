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

import io.github.camelsora.SoraConstants;
import io.github.camelsora.internal.text.ForeignText;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** Which order a message is: the header {@link SoraConstants#REQUEST_KEY}, else what the option {@code requestKey} gives. */
public final class RequestKey {

    /** What every message broker's own ids are far below, and a unique column of any database can hold. */
    static final int MAX_LENGTH = 255;

    private final String option;
    private final Expression expression;

    private RequestKey(String option, Expression expression) {
        this.option = option;
        this.expression = expression;
    }

    /** The option, a Simple expression; or {@code null} if it is not set. */
    public static @Nullable RequestKey of(@Nullable String option, CamelContext context) {
        if (option == null) {
            return null;
        }
        Expression expression = context.resolveLanguage("simple").createExpression(option);
        expression.init(context);
        return new RequestKey(option, expression);
    }

    /**
     * The key of a message, or {@code null} if it has none and none is asked for.
     *
     * @throws IllegalArgumentException if the option gives none, or the key is of no use
     */
    public static @Nullable String in(Exchange exchange, @Nullable RequestKey asked) {
        String key = exchange.getMessage().getHeader(SoraConstants.REQUEST_KEY, String.class);
        if (key != null) {
            return checked(key, "The header " + SoraConstants.REQUEST_KEY);
        }
        if (asked == null) {
            return null;
        }
        String given = asked.expression.evaluate(exchange, String.class);
        return checked(given == null ? "" : given, "requestKey=" + asked.option);
    }

    private static String checked(String key, String origin) {
        if (key.isBlank()) {
            throw new IllegalArgumentException(origin + " gives no request key for this message; nothing was sent, as a "
                    + "redelivery would be bought again");
        }
        if (key.length() > MAX_LENGTH || !key.equals(ForeignText.clean(key))) {
            throw new IllegalArgumentException(origin + " gives no usable request key: it has at most " + MAX_LENGTH
                    + " characters and no control characters; this one has " + key.length() + " characters and begins with "
                    + ForeignText.cleanOrNull(key, 40) + ". A hash of it would do");
        }
        return key;
    }
}
