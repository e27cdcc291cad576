package dev.tidemark.fleet;

import dev.tidemark.capture.SpanPublisher;
import dev.tidemark.fleet.PlayListener.Progress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Plays a plan through a publisher: the records of all runs that overlap, in the order of their
 * arrival, stamped with simulated time. The simulated clock ends at the present: a plan of one hour
 * starts an hour ago, so that nothing is ever in the future. Topics must keep the producer's stamps
 * ({@code CreateTime}).
 *
 * <p>A player uses one thread, the caller's; several may play at once.
 */
public final class FleetPlayer {
  private static final long HEARTBEAT_MS = 5_000;
  private static final long HEARTBEAT_AT_MAX_SPEED_MS = 15_000;
  private final RecordedRuns recorded;
  private final InstantSource clock;

  /**
   * A player of other runs or at another time.
   *
   * @param clock tells the present, at which a play ends
   */
  public FleetPlayer(RecordedRuns recorded, InstantSource clock) {
    this.recorded = Objects.requireNonNull(recorded, "recorded");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** A player of the runs that come with Tidemark. */
  public static FleetPlayer shipped() {
    return new FleetPlayer(RecordedRuns.shipped(), InstantSource.system());
  }

  /**
   * Plays to the end, or until the thread is interrupted. Does not flush the publisher.
   *
   * @throws IllegalArgumentException when a phase of the plan has no recorded run
   */
  public PlayReport play(FleetPlan plan, SpanPublisher publisher, PlayListener listener) {
    Schedule schedule = Schedule.of(plan, recorded);
    long endMs = clock.millis();
    long startMs = endMs - schedule.lengthMs() - plan.tail().toMillis();
    return new Play(plan, schedule, publisher, listener, startMs, endMs).run();
  }

  /** One play under way. */
  private static final class Play {
    private final List<ScheduledRun> runs;
    private final SpanPublisher publisher;
    private final PlayListener listener;
    private final long startMs;
    private final long endMs;
    private final long stepMs;
    private final Pace pace;
    private final Scribe scribe;
    private final PriorityQueue<TimedRecord> waiting = new PriorityQueue<>(TimedRecord.BY_ARRIVAL);
    private long nextBeatMs;

    Play(
        FleetPlan plan,
        Schedule schedule,
        SpanPublisher publisher,
        PlayListener listener,
        long startMs,
        long endMs) {
      this.runs = schedule.runs();
      this.publisher = publisher;
      this.listener = listener;
      this.startMs = startMs;
      this.endMs = endMs;
      boolean max = plan.speed() == FleetPlan.MAX_SPEED;
      this.stepMs = max ? HEARTBEAT_AT_MAX_SPEED_MS : HEARTBEAT_MS;
      this.nextBeatMs = startMs + stepMs;
      this.pace = new Pace(startMs, plan.speed());
      this.scribe = new Scribe(plan);
    }

    PlayReport run() {
      boolean complete = playRecords() && beatUntil(endMs);
      if (complete && nextBeatMs - stepMs < endMs) {
        beat(endMs);
      }
      return scribe.report(startMs, complete ? endMs : nextBeatMs - stepMs, complete);
    }

    private boolean playRecords() {
      int next = 0;
      while (next < runs.size() || !waiting.isEmpty()) {
        while (next < runs.size() && startsBeforeNextArrival(runs.get(next))) {
          waiting.addAll(RunConversion.of(runs.get(next), startMs));
          scribe.started(runs.get(next));
          next++;
        }
        TimedRecord record = waiting.remove();
        if (!beatUntil(record.arrivalMs()) || !pace.await(record.arrivalMs())) {
          return false;
        }
        record.publish(publisher);
        scribe.published(record, runs.get(record.run()).phase());
      }
      return true;
    }

    private boolean startsBeforeNextArrival(ScheduledRun run) {
      return waiting.isEmpty() || startMs + run.startOffsetMs() <= waiting.element().arrivalMs();
    }

    /** All heartbeats that are due up to a time. */
    private boolean beatUntil(long simulatedMs) {
      while (nextBeatMs <= simulatedMs) {
        if (!pace.await(nextBeatMs)) {
          return false;
        }
        beat(nextBeatMs);
        nextBeatMs += stepMs;
      }
      return true;
    }

    private void beat(long simulatedMs) {
      publisher.heartbeat(simulatedMs);
      scribe.beat();
      listener.progress(
          new Progress(
              scribe.runs(),
              runs.size(),
              scribe.records(),
              simulatedMs,
              endMs,
              scribe.records() / pace.realSeconds()));
    }
  }
}
