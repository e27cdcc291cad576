package dev.tidemark.bench.windows.flink;

import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/** Tumbling windows by the end of the span, where the record's time is its arrival. */
final class EndWindows extends WindowAssigner<SpanRow, TimeWindow> {
  private static final long serialVersionUID = 1L;
  private final long sizeMs;

  EndWindows(long sizeMs) {
    this.sizeMs = sizeMs;
  }

  @Override
  public Collection<TimeWindow> assignWindows(
      SpanRow row, long timestamp, WindowAssignerContext context) {
    long start = Math.floorDiv(row.endMs, sizeMs) * sizeMs;
    return List.of(new TimeWindow(start, start + sizeMs));
  }

  @Override
  @SuppressWarnings("unchecked") // Triggers of event time look at no element.
  public Trigger<SpanRow, TimeWindow> getDefaultTrigger() {
    Trigger<?, TimeWindow> trigger = EventTimeTrigger.create();
    return (Trigger<SpanRow, TimeWindow>) trigger;
  }

  @Override
  public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
    return new TimeWindow.Serializer();
  }

  @Override
  public boolean isEventTime() {
    return true;
  }
}
