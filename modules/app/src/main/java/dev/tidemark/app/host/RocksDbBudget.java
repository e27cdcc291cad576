package dev.tidemark.app.host;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One memory budget for all RocksDB stores of the process: blocks, indexes and write buffers share
 * one cache. The budget is read from {@value #BYTES} when the first store opens.
 *
 * <p>Idea: "Bounded memory" of the Kafka Streams memory management guide.
 */
public final class RocksDbBudget implements RocksDBConfigSetter {
  /** Streams property with the budget in bytes. */
  public static final String BYTES = "tidemark.rocksdb.bytes";

  /**
   * Bytes that a buffer takes at a time. With RocksDB's usual eighth of a buffer the first write of
   * each of a hundred stores took a megabyte, all of the budget, and every write flushed something.
   */
  private static final long ARENA_BLOCK = 32L << 10;

  private static Cache cache;
  private static WriteBufferManager writeBuffers;

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    shareCache(configs);
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writeBuffers);
    // Larger buffers than all may fill together: the manager flushes the largest when it is time.
    options.setWriteBufferSize(Math.max(2L << 20, bytes(configs) / 16));
    try (var universal = new CompactionOptionsUniversal()) {
      universal.setAllowTrivialMove(true); // Blocks of runs come in the order of their keys.
      options.setCompactionOptionsUniversal(universal);
    }
    options.setMaxWriteBufferNumber(2);
    options.setArenaBlockSize(ARENA_BLOCK);
  }

  private static synchronized void shareCache(Map<String, Object> configs) {
    if (cache == null) {
      RocksDB.loadLibrary();
      long budget = bytes(configs);
      cache = new LRUCache(budget, -1, false, 0.1);
      writeBuffers = new WriteBufferManager(budget / 2, cache);
    }
  }

  private static long bytes(Map<String, Object> configs) {
    Object bytes = configs.get(BYTES);
    return bytes == null ? 64L << 20 : Long.parseLong(bytes.toString());
  }

  @Override
  public void close(String store, Options options) {
    // The cache and the buffer manager are shared and live as long as the process.
  }
}
