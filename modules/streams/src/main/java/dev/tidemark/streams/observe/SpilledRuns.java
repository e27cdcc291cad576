package dev.tidemark.streams.observe;

import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.hash.LongLongMap;
import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunBlock;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.TraceKey;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.wire.BinaryAvroSerde;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Runs outside the heap, many to a block of a logged store. The heap keeps for each a hash of its
 * trace and the number of its block; a run that is written again leaves its older copy behind, and
 * a block without live runs is deleted. So a run costs one share of a write, and one that waits for
 * hours costs bytes on disk.
 */
final class SpilledRuns {
  private static final long NOWHERE = -1;
  private static final int FACTS_PER_BLOCK = 400;

  private static final class Block {
    private int live;
    private long wakeMs = Long.MAX_VALUE;
  }

  private final KeyValueStore<Long, byte[]> store;
  private final SeriesTable table;
  private final int loopLimit;
  private final LongLongMap index = new LongLongMap();
  private final Map<Long, Block> blocks = new HashMap<>();
  private final TreeMap<Long, List<Long>> wakes = new TreeMap<>();
  private final RunBlock.EventCodec events = new WholeEvents();
  private long next;

  SpilledRuns(KeyValueStore<Long, byte[]> store, SeriesTable table, int loopLimit) {
    this.store = store;
    this.table = table;
    this.loopLimit = loopLimit;
  }

  /** Writes runs; they may stay in the heap. */
  void write(List<RunState> runs) {
    int from = 0;
    int facts = 0;
    for (int i = 0; i < runs.size(); i++) {
      facts += runs.get(i).facts();
      if (facts >= FACTS_PER_BLOCK || i == runs.size() - 1) {
        block(runs.subList(from, i + 1));
        from = i + 1;
        facts = 0;
      }
    }
  }

  private void block(List<RunState> runs) {
    long number = next++;
    Block block = new Block();
    for (RunState run : runs) {
      block.wakeMs = Math.min(block.wakeMs, run.progress().wakeMs());
      supersede(index.put(key(run.traceHigh(), run.traceLow()), number, NOWHERE));
    }
    block.live = runs.size();
    blocks.put(number, block);
    wake(number, block.wakeMs);
    store.put(number, RunBlock.write(runs, events));
  }

  private void wake(long number, long atMs) {
    wakes.computeIfAbsent(atMs, w -> new ArrayList<>()).add(number);
  }

  private void supersede(long number) {
    Block block = number == NOWHERE ? null : blocks.get(number);
    if (block != null && --block.live == 0) {
      blocks.remove(number);
      store.delete(number);
    }
  }

  /** A spilled run, or null. */
  RunState load(long high, long low) {
    long number = index.get(key(high, low), NOWHERE);
    if (number == NOWHERE) {
      return null;
    }
    byte[] block = store.get(number);
    for (int i = RunBlock.size(block) - 1; i >= 0; i--) {
      RunBlock.Entry entry = RunBlock.entry(block, i);
      if (entry.traceHigh() == high && entry.traceLow() == low) {
        return new RunBlock.Reader(block, table, events).run(entry, loopLimit);
      }
    }
    return null;
  }

  /** A run is gone for good. */
  void forget(long high, long low) {
    long key = key(high, low);
    supersede(index.get(key, NOWHERE));
    index.remove(key);
  }

  /**
   * Hands out the runs that are due at {@code watermark}.
   *
   * @param held whether a run is in the heap, by its trace: it needs no reading
   */
  void due(long watermark, Predicate<TraceKey> held, Consumer<RunState> out) {
    while (!wakes.isEmpty() && wakes.firstKey() <= watermark) {
      for (long number : wakes.pollFirstEntry().getValue()) {
        if (blocks.containsKey(number)) {
          due(number, watermark, held, out);
        }
      }
    }
  }

  private void due(long number, long watermark, Predicate<TraceKey> held, Consumer<RunState> out) {
    byte[] block = store.get(number);
    RunBlock.Reader reader = null;
    long later = Long.MAX_VALUE;
    for (int i = 0; i < RunBlock.size(block); i++) {
      RunBlock.Entry entry = RunBlock.entry(block, i);
      if (index.get(key(entry.traceHigh(), entry.traceLow()), NOWHERE) != number) {
        continue;
      }
      if (entry.wakeMs() > watermark) {
        later = Math.min(later, entry.wakeMs());
        continue;
      }
      if (held.test(new TraceKey(entry.traceHigh(), entry.traceLow()))) {
        continue;
      }
      reader = reader == null ? new RunBlock.Reader(block, table, events) : reader;
      out.accept(reader.run(entry, loopLimit));
    }
    if (later < Long.MAX_VALUE) {
      wake(number, later);
    }
  }

  /**
   * Reads every block: heads only, and whole the runs with something from {@code openMs} on.
   *
   * @param held told the tenant and latest time of every run
   */
  void restore(BiConsumer<String, Long> held, long openMs, Consumer<RunState> recent) {
    try (KeyValueIterator<Long, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Long, byte[]> stored = all.next();
        Block block = new Block();
        blocks.put(stored.key, block);
        next = Math.max(next, stored.key + 1);
        for (int i = 0; i < RunBlock.size(stored.value); i++) {
          RunBlock.Entry entry = RunBlock.entry(stored.value, i);
          block.live++;
          long before = index.put(key(entry.traceHigh(), entry.traceLow()), stored.key, NOWHERE);
          if (before != NOWHERE) {
            blocks.get(before).live--;
          }
        }
      }
    }
    for (long number : blocks.keySet().stream().sorted().toList()) {
      Block block = blocks.get(number);
      if (block.live == 0) {
        blocks.remove(number);
        store.delete(number);
      } else {
        restore(number, block, held, openMs, recent);
      }
    }
  }

  private void restore(
      long number,
      Block block,
      BiConsumer<String, Long> held,
      long openMs,
      Consumer<RunState> recent) {
    byte[] bytes = store.get(number);
    RunBlock.Reader reader = new RunBlock.Reader(bytes, table, events);
    for (int i = 0; i < RunBlock.size(bytes); i++) {
      RunBlock.Entry entry = RunBlock.entry(bytes, i);
      if (index.get(key(entry.traceHigh(), entry.traceLow()), NOWHERE) == number) {
        block.wakeMs = Math.min(block.wakeMs, entry.wakeMs());
        held.accept(reader.tenant(entry), entry.lastMs());
        if (entry.lastMs() >= openMs) {
          recent.accept(reader.run(entry, loopLimit));
        }
      }
    }
    wake(number, block.wakeMs);
  }

  private static long key(long high, long low) {
    return Hash64.of(high, low);
  }

  /** Events as whole records in Avro binary. */
  private static final class WholeEvents implements RunBlock.EventCodec {
    private final Serializer<AgentEvent> out = BinaryAvroSerde.of(AgentEvent.class).serializer();
    private final Deserializer<AgentEvent> in = BinaryAvroSerde.of(AgentEvent.class).deserializer();

    @Override
    public byte[] write(EventFact event) {
      return out.serialize("", event.event());
    }

    @Override
    public AgentEvent read(byte[] bytes, int from, int length) {
      return in.deserialize("", Arrays.copyOfRange(bytes, from, from + length));
    }
  }
}
