package dev.tidemark.bench.windows;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.OpenWindowsView;
import dev.tidemark.wire.StateStores;
import dev.tidemark.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * Ours or the naive topology under a live load of 5,000 spans a second, with a reader of its store
 * beside it that asks every 3 ms what the present window counts.
 */
public final class LiveMain {
  private static final long ASK_EVERY_MS = 3;
  private static final long WINDOWS_BACK = 2;

  private LiveMain() {}

  /** One look at the store: tells {@code probes} what is visible. */
  private interface Look {
    void at(long nowMs);
  }

  /** Arguments: a {@link RunSpec}. Prints {@code figure <name> <value>} lines and {@code done}. */
  public static void main(String[] args) {
    RunSpec spec = RunSpec.of(args);
    Parent.report(() -> measure(spec));
  }

  private static void measure(RunSpec spec) throws InterruptedException {
    AvroSerdes serdes = AvroSerdes.of(Map.of("schema.registry.url", spec.registry()));
    long windowMs = spec.more("windowMs", 15_000);
    var probes = new Probes(windowMs);
    var arrivals = new Arrivals(2 * spec.partitions(), windowMs, spec.more("latenessMs", 15_000));
    boolean ours = Contestants.isOurs(spec.contestant());
    StreamsContestant contestant =
        ours
            ? new StreamsContestant(
                OursConfig.streams(spec, ArrivalClock.BROKER),
                Topics.prefixed(spec.prefix()).spans().name(),
                1)
            : new NaiveContestant(spec);
    Parent.onEnd(contestant::close);
    contestant.start();
    while (contestant.streams().state() != KafkaStreams.State.RUNNING) {
      Thread.sleep(20);
    }
    try (var load = new LiveLoad(spec, serdes, 1, probes, arrivals);
        var closed = new ClosedWindows(spec, serdes, arrivals)) {
      load.start();
      if (ours) {
        closed.start();
      }
      Look look =
          ours
              ? open(contestant.streams(), spec, probes, windowMs)
              : naive(contestant.streams(), spec, probes, windowMs);
      watch(spec, contestant, look, probes, closed);
      tell("sent", (double) load.sent());
      tell("behind", (double) load.sent() - contestant.consumed());
      tell("p50Ms", Spread.quantile(probes.latenciesMs(), 0.50));
      tell("p99Ms", Spread.quantile(probes.latenciesMs(), 0.99));
      tell("probes", probes.latenciesMs().length);
      tell("dips", (double) probes.dips());
      tell("closeP50Ms", Spread.quantile(closed.latenciesMs(), 0.50));
      tell("closeP99Ms", Spread.quantile(closed.latenciesMs(), 0.99));
      tell("closed", closed.latenciesMs().length);
    }
  }

  private static void watch(
      RunSpec spec, Contestant contestant, Look look, Probes probes, ClosedWindows closed)
      throws InterruptedException {
    long start = System.nanoTime();
    long warmAt = start + spec.more("warmSeconds", 10) * 1_000_000_000L;
    long end = warmAt + spec.more("seconds", 20) * 1_000_000_000L;
    boolean warm = false;
    for (long now = start; now < end; now = System.nanoTime()) {
      if (!warm && now >= warmAt) {
        warm = true;
        probes.warm(now);
        closed.warm(System.currentTimeMillis());
      }
      look.at(System.currentTimeMillis());
      Thread.sleep(ASK_EVERY_MS);
      if (contestant.failure() != null) {
        throw new BenchFailure(contestant.failure());
      }
    }
  }

  private static void tell(String name, double value) {
    System.out.println("figure " + name + " " + value);
  }

  private static Look open(KafkaStreams streams, RunSpec spec, Probes probes, long windowMs) {
    List<StoreQueryParameters<OpenWindowsView>> stores =
        Stream.of(StateStores.OPEN_PARTIALS, StateStores.OPEN_WINDOWS)
            .map(name -> StoreQueryParameters.fromNameAndType(name, new OpenWindowsType()))
            .toList();
    return nowMs -> {
      List<OpenWindowsView> views;
      try {
        views = stores.stream().map(streams::store).toList();
      } catch (InvalidStateStoreException e) {
        return; // Not there: nothing is visible.
      }
      long oldest = Math.floorDiv(nowMs, windowMs) * windowMs - WINDOWS_BACK * windowMs;
      for (int p = 0; p < spec.partitions(); p++) {
        String tool = Probes.tool(p);
        List<WindowRecord> parts =
            views.stream()
                .flatMap(v -> v.parts("default", "production", SubjectKind.TOOL, tool).stream())
                .toList();
        long nanos = System.nanoTime();
        for (long start = oldest; start <= nowMs; start += windowMs) {
          long count = 0;
          for (WindowRecord part : parts) {
            count += part.getWindowStartMs() == start ? part.getAttempts() : 0;
          }
          if (count > 0) {
            probes.visible(p, start, count, nanos);
          }
        }
      }
    };
  }

  private static Look naive(KafkaStreams streams, RunSpec spec, Probes probes, long windowMs) {
    var query =
        StoreQueryParameters.fromNameAndType(
            NaiveContestant.STORE, QueryableStoreTypes.<String, PeerTotals>windowStore());
    return nowMs -> {
      ReadOnlyWindowStore<String, PeerTotals> store;
      try {
        store = streams.store(query);
      } catch (InvalidStateStoreException e) {
        return;
      }
      long present = Math.floorDiv(nowMs, windowMs) * windowMs;
      for (int p = 0; p < spec.partitions(); p++) {
        for (long start = present - windowMs; start <= present; start += windowMs) {
          PeerTotals totals = store.fetch(Probes.tool(p) + '/' + Probes.VERSION, start);
          if (totals != null) {
            probes.visible(p, start, totals.sums[0], System.nanoTime());
          }
        }
      }
    };
  }
}
