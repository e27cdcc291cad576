package dev.tidemark.bench.windows.flink;

import dev.tidemark.bench.windows.PeerTotals;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Names a closed window: series and start. */
final class Closed
    extends ProcessWindowFunction<PeerTotals, Tuple2<String, byte[]>, String, TimeWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  public void process(
      String series,
      Context context,
      Iterable<PeerTotals> totals,
      Collector<Tuple2<String, byte[]>> out) {
    String key = series + '@' + context.window().getStart();
    out.collect(Tuple2.of(key, totals.iterator().next().toBytes()));
  }
}
