package dev.tidemark.streams.observe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The records of one source partition that wait until both topics have been read as far. */
final class ParkedFacts {
  private final PriorityQueue<Parked> waiting = new PriorityQueue<>();
  private final Set<Long> waitedBefore = new HashSet<>();

  void add(Parked one) {
    waiting.add(one);
  }

  /** Whether a record waited when the task was last alive, and has not been taken since. */
  boolean waitedBefore(int topic, long offset) {
    return waitedBefore.contains(Parked.number(topic, offset));
  }

  /** Whether one of them arrived at {@code ms} or before. */
  boolean due(long ms) {
    return !waiting.isEmpty() && waiting.peek().arrivalMs() <= ms;
  }

  /** The one that arrived first. */
  Parked first() {
    return waiting.peek();
  }

  /** Takes the one that arrived first. */
  Parked take() {
    Parked first = waiting.poll();
    waitedBefore.remove(Parked.number(first.topic(), first.offset()));
    return first;
  }

  /** Takes those that did not wait when the task was last alive, the first to arrive first. */
  List<Parked> takeCounted() {
    List<Parked> counted = new ArrayList<>(waiting);
    counted.removeIf(one -> waitedBefore(one.topic(), one.offset()));
    waiting.removeAll(counted);
    waitedBefore.clear();
    counted.sort(null);
    return counted;
  }

  /** The one of a topic with the smallest offset, or null. */
  Parked firstOf(int topic) {
    Parked first = null;
    for (Parked one : waiting) {
      if (one.topic() == topic && (first == null || one.offset() < first.offset())) {
        first = one;
      }
    }
    return first;
  }

  /** Which they are. */
  byte[] toBytes() {
    ByteBuffer numbers = ByteBuffer.allocate(waiting.size() * Long.BYTES);
    waiting.stream().sorted().forEach(p -> numbers.putLong(Parked.number(p.topic(), p.offset())));
    return numbers.array();
  }

  /** These were read before and sent nothing yet: they wait again when they are read again. */
  void restore(byte[] numbers) {
    for (ByteBuffer in = ByteBuffer.wrap(numbers); in.hasRemaining(); ) {
      waitedBefore.add(in.getLong());
    }
  }
}
