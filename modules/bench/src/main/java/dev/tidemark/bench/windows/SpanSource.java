package dev.tidemark.bench.windows;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The spans of a shape in the order of their simulated arrival: runs start evenly, their spans
 * arrive 5 to 205 ms after their end. The same seed gives the same spans.
 */
final class SpanSource {
  private final RunMaker maker;
  private final long runs;
  private final double runEveryMs;
  private final PriorityQueue<Stamped> coming = new PriorityQueue<>();
  private long started;

  SpanSource(Shape shape, long seed) {
    this.runs = shape.spans() / RunMaker.SPANS;
    this.runEveryMs = 1_000.0 * RunMaker.SPANS / Shape.SPANS_PER_SECOND;
    this.maker =
        new RunMaker(new Tools(shape.tools(), shape.uniform()), new SplittableRandom(seed));
  }

  /** The next span, or null after the last. */
  Stamped next() {
    while (started < runs && (coming.isEmpty() || coming.peek().arrivalMs() >= nextStart())) {
      coming.addAll(maker.run(nextStart()));
      started++;
    }
    return coming.poll();
  }

  private long nextStart() {
    return Shape.START_MS + (long) (started * runEveryMs);
  }
}
