package dev.tidemark.bench.windows;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.streams.observe.ObserveConfig.ArrivalClock;
import dev.tidemark.wire.StateStores;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** How long observe takes from its start until its window store answers. */
public final class RestoreMain {
  private RestoreMain() {}

  /** Arguments: a {@link RunSpec}. Prints {@code figure <name> <value>} lines and {@code done}. */
  public static void main(String[] args) {
    RunSpec spec = RunSpec.of(args);
    Parent.report(() -> measure(spec));
  }

  private static void measure(RunSpec spec) throws InterruptedException {
    KafkaStreams streams = OursConfig.streams(spec, ArrivalClock.PRODUCER);
    RestoreClock clock = new RestoreClock(StateStores.WINDOWS);
    streams.setGlobalStateRestoreListener(clock);
    Parent.onEnd(() -> StreamsContestant.leave(streams));
    long start = System.nanoTime();
    streams.start();
    while (!answers(streams)) {
      Thread.sleep(10);
    }
    System.out.println("figure seconds " + (System.nanoTime() - start) / 1e9);
    System.out.println("figure restoring " + clock.seconds());
    System.out.println("figure windows " + (double) count(streams));
  }

  private static boolean answers(KafkaStreams streams) {
    if (streams.state() != KafkaStreams.State.RUNNING) {
      return false;
    }
    try (var all = store(streams).all()) {
      return all.hasNext();
    } catch (InvalidStateStoreException e) {
      return false;
    }
  }

  private static long count(KafkaStreams streams) {
    long count = 0;
    try (KeyValueIterator<Windowed<SeriesKey>, WindowRecord> all = store(streams).all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<SeriesKey>, WindowRecord> next = all.next();
        count += next.value == null ? 0 : 1;
      }
    }
    return count;
  }

  private static ReadOnlyWindowStore<SeriesKey, WindowRecord> store(KafkaStreams streams) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
            StateStores.WINDOWS, QueryableStoreTypes.<SeriesKey, WindowRecord>windowStore()));
  }
}
