package dev.tidemark.app.host;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
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
    options.setWriteBufferSize(2L << 20);
    options.setMaxWriteBufferNumber(2);
  }

  private static synchronized void shareCache(Map<String, Object> configs) {
    if (cache == null) {
      RocksDB.loadLibrary();
      Object bytes = configs.get(BYTES);
      long budget = bytes == null ? 64L << 20 : Long.parseLong(bytes.toString());
      cache = new LRUCache(budget, -1, false, 0.1);
      writeBuffers = new WriteBufferManager(budget / 2, cache);
    }
  }

  @Override
  public void close(String store, Options options) {
    // The cache and the buffer manager are shared and live as long as the process.
  }
}
