package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.hash.Hash64;
import dev.tidemark.core.hash.LongLongMap;
import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunBlock;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.TraceKey;
import dev.tidemark.core.window.SeriesTable;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.wire.BinaryAvroSerde;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * trace and its place, the number of its block and which of the block's runs it is; a run that is
 * written again leaves its older copy behind, and a block without live runs is deleted. So a run
 * costs one share of a write, and one that waits for hours costs bytes on disk. Which copies are
 * dead is stored beside their block, under the number {@code -1 - block}, as a version (1 byte) and
 * a bit per run: of a run that was forgotten no older copy comes to life again.
 */
final class SpilledRuns {
  private static final long NOWHERE = -1;
  private static final int FACTS_PER_BLOCK = 400;
  private static final int PLACE_BITS = 16;
  private static final byte DEAD_VERSION = 1;

  private static final class Block {
    private int live;
    private BitSet dead = new BitSet(0);
    private long wakeMs = Long.MAX_VALUE;
  }

  private final KeyValueStore<Long, byte[]> store;
  private final SeriesTable table;
  private final int loopLimit;
  private final LongLongMap index = new LongLongMap();
  private final Map<Long, Block> blocks = new HashMap<>();
  private final TreeMap<Long, List<Long>> wakes = new TreeMap<>();
  private final Set<Long> changed = new HashSet<>();
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
    blocks.put(number, block);
    for (int i = 0; i < runs.size(); i++) {
      RunState run = runs.get(i);
      block.live++;
      block.wakeMs = Math.min(block.wakeMs, run.progress().wakeMs());
      supersede(index.put(key(run.traceHigh(), run.traceLow()), place(number, i), NOWHERE));
    }
    wake(number, block.wakeMs);
    store.put(number, RunBlock.write(runs, events));
  }

  private void wake(long number, long atMs) {
    wakes.computeIfAbsent(atMs, w -> new ArrayList<>()).add(number);
  }

  private void supersede(long place) {
    if (place != NOWHERE) {
      long number = place >>> PLACE_BITS;
      Block block = blocks.get(number);
      block.live--;
      block.dead.set(order(place));
      changed.add(number);
    }
  }

  /**
   * Writes which copies are dead, and deletes blocks without live ones. Only when all that was
   * touched has been written: until then a restart begins with the runs as they were.
   */
  void tidy() {
    for (long number : changed) {
      Block block = blocks.get(number);
      if (block.live == 0) {
        blocks.remove(number);
        store.delete(number);
        store.delete(-1 - number);
      } else {
        byte[] dead = block.dead.toByteArray();
        store.put(-1 - number, new ByteWriter().one(DEAD_VERSION).raw(dead).toBytes());
      }
    }
    changed.clear();
  }

  /** A spilled run, or null. */
  RunState load(long high, long low) {
    long place = index.get(key(high, low), NOWHERE);
    if (place == NOWHERE) {
      return null;
    }
    byte[] block = store.get(place >>> PLACE_BITS);
    RunBlock.Entry entry = RunBlock.entry(block, order(place));
    boolean same = entry.traceHigh() == high && entry.traceLow() == low;
    return same ? new RunBlock.Reader(block, table, events).run(entry, loopLimit) : null;
  }

  /** A run is gone for good. */
  void forget(long high, long low) {
    long key = key(high, low);
    supersede(index.get(key, NOWHERE));
    index.remove(key);
  }

  /** When the first block is due; {@link Long#MAX_VALUE} when none is. */
  long firstWakeMs() {
    return wakes.isEmpty() ? Long.MAX_VALUE : wakes.firstKey();
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
      if (!lives(entry, number, i)) {
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
    Map<Long, BitSet> dead = dead();
    try (KeyValueIterator<Long, byte[]> all = store.range(0L, Long.MAX_VALUE)) {
      while (all.hasNext()) {
        KeyValue<Long, byte[]> stored = all.next();
        Block block = new Block();
        block.dead = dead.getOrDefault(stored.key, block.dead);
        blocks.put(stored.key, block);
        next = Math.max(next, stored.key + 1);
        int size = RunBlock.size(stored.value);
        for (int i = block.dead.nextClearBit(0); i < size; i = block.dead.nextClearBit(i + 1)) {
          RunBlock.Entry entry = RunBlock.entry(stored.value, i);
          block.live++;
          long key = key(entry.traceHigh(), entry.traceLow());
          supersede(index.put(key, place(stored.key, i), NOWHERE));
        }
      }
    }
    for (long number : blocks.keySet().stream().sorted().toList()) {
      if (blocks.get(number).live == 0) {
        changed.add(number);
      } else {
        restore(number, blocks.get(number), held, openMs, recent);
      }
    }
    tidy();
  }

  private Map<Long, BitSet> dead() {
    Map<Long, BitSet> dead = new HashMap<>();
    try (KeyValueIterator<Long, byte[]> all = store.range(Long.MIN_VALUE, -1L)) {
      while (all.hasNext()) {
        KeyValue<Long, byte[]> stored = all.next();
        if (stored.value[0] != DEAD_VERSION) {
          throw new IllegalStateException("dead runs have an unknown version: reset the state");
        }
        ByteBuffer bits = ByteBuffer.wrap(stored.value, 1, stored.value.length - 1);
        dead.put(-1 - stored.key, BitSet.valueOf(bits));
      }
    }
    return dead;
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
      if (lives(entry, number, i)) {
        block.wakeMs = Math.min(block.wakeMs, entry.wakeMs());
        held.accept(reader.tenant(entry), entry.lastMs());
        if (entry.lastMs() >= openMs) {
          recent.accept(reader.run(entry, loopLimit));
        }
      }
    }
    wake(number, block.wakeMs);
  }

  private boolean lives(RunBlock.Entry entry, long number, int i) {
    return index.get(key(entry.traceHigh(), entry.traceLow()), NOWHERE) == place(number, i);
  }

  private static long place(long number, int i) {
    return number << PLACE_BITS | i;
  }

  private static int order(long place) {
    return (int) place & ((1 << PLACE_BITS) - 1);
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
