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

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one accepted request leads to. The generation passes all {@code steps}, whether or not somebody reads; the stream shows
 * the first {@code end} of them, then the {@code tail}, then its {@code ending}. Immutable; every fault is an edit.
 */
record Script(List<Step> steps, int end, List<Step> tail, Ending ending, boolean fails) {

    static Script of(List<Step> steps) {
        return new Script(List.copyOf(steps), steps.size(), List.of(), Ending.CLEAN, false);
    }

    Script failing() {
        return new Script(steps, end, tail, ending, true);
    }

    int length() {
        return end + tail.size();
    }

    Step step(int index) {
        return index < end ? steps.get(index) : tail.get(index - end);
    }

    /** The stream ends after this step, in this way; the generation goes on. */
    Script endAfter(int step, Ending how) {
        return new Script(steps, Math.min(step + 1, end), tail.subList(0, Math.max(0, step + 1 - end)), how, fails);
    }

    /** As {@link #endAfter}, with something else written first, at once. */
    Script divertAfter(int step, List<Step> other, Ending how) {
        return new Script(steps, endAfter(step, how).end, List.copyOf(other), how, fails);
    }

    /** The generation itself fails here, with these last steps. */
    Script failAfter(int step, List<Step> last) {
        return of(Stream.concat(steps.subList(0, step + 1).stream(), last.stream()).toList()).failing();
    }

    Script endingWith(Ending how) {
        return new Script(steps, end, tail, how, fails);
    }

    Script insertAfter(int step, Step inserted) {
        if (step >= end) {
            throw new IllegalArgumentException("Nothing can be inserted where this answer has ended");
        }
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step + 1, inserted);
        return new Script(List.copyOf(longer), end + 1, tail, ending, fails);
    }

    /** The generation passes these points, but the stream leaves them out. */
    Script without(Set<Point> hidden) {
        hidden.forEach(this::indexOf);
        return edit(step -> step.point() != null && hidden.contains(step.point()) ? step.unwritten() : step);
    }

    Script heldAt(int step, Gate gate) {
        if (step >= end) {
            throw new IllegalArgumentException("What is written in one go cannot be held");
        }
        List<Step> held = new ArrayList<>(steps);
        held.set(step, held.get(step).heldBy(gate));
        return new Script(List.copyOf(held), end, tail, ending, fails);
    }

    int indexOf(Point point) {
        return indexOf(step -> step.point() == point, point.toString());
    }

    int indexOfPercent(int percent) {
        return indexOf(step -> step.percent() >= percent, percent + " %");
    }

    private int indexOf(Predicate<Step> wanted, String name) {
        for (int i = 0; i < length(); i++) {
            if (wanted.test(step(i))) {
                return i;
            }
        }
        Set<Point> points = EnumSet.noneOf(Point.class);
        Stream.concat(steps.subList(0, end).stream(), tail.stream()).map(Step::point).filter(Objects::nonNull)
                .forEach(points::add);
        throw new IllegalArgumentException("This answer never reaches " + name + "; it has " + points);
    }

    private Script edit(UnaryOperator<Step> change) {
        return new Script(steps.stream().map(change).toList(), end, tail.stream().map(change).toList(), ending, fails);
    }
}
