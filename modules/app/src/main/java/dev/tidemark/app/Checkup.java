package dev.tidemark.app;

import dev.tidemark.core.window.Series;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.DeadLetter;
import dev.tidemark.records.EventType;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SpanKind;
import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the records of a while lack or suffered, found by looking at each once. */
final class Checkup {
  /** What is looked for, with how to mend it. */
  enum Check {
    COST_UNKNOWN("model calls whose cost nobody knows", "name the model in --price-book"),
    NO_AGENT_VERSION(
        "spans that tell no agent version", "set gen_ai.agent.version or service.version"),
    NO_CALL_ID(
        "tool calls without a call id", "set gen_ai.tool.call.id: retries are inferred until then"),
    HIDDEN_RETRIES(
        "requests sent again below what is told as one call",
        "their time and cost hide in one attempt"),
    CAPTURE_LOSS("records an agent dropped", "give its publisher a larger queue, or Kafka room"),
    LATE("records that came after their window's time", "export in shorter intervals"),
    QUARANTINED("records in agent-dead-letters", "their hints say what is wrong with them");

    private final String says;
    private final String hint;

    Check(String says, String hint) {
      this.says = says;
      this.hint = hint;
    }

    String says() {
      return says;
    }

    String hint() {
      return hint;
    }
  }

  /**
   * Something to mend.
   *
   * @param what whose it is: a model, an agent, a tool, a reason
   * @param count how many of
   * @param of how many
   */
  record Finding(Check check, String what, long count, long of) {}

  private static final class Share {
    private long count;
    private long of;

    void add(boolean one) {
      count += one ? 1 : 0;
      of++;
    }
  }

  private final Map<Check, Map<String, Share>> shares = new HashMap<>();
  private final Map<WindowKey, WindowRecord> windows = new HashMap<>();
  private long records;

  void span(AgentSpan span) {
    records++;
    if (span.getKind() != SpanKind.STEP) {
      share(Check.NO_AGENT_VERSION, span.getAgentName() + ", " + span.getDialect())
          .add(span.getAgentVersion() == null);
    }
    if (span.getKind() == SpanKind.TOOL) {
      share(Check.NO_CALL_ID, span.getToolName() + ", " + span.getDialect())
          .add(span.getToolCallId() == null);
    }
  }

  void event(AgentEvent event) {
    boolean transport = "transport".equals(event.getLabel());
    if (event.getType() == EventType.RETRY && transport) {
      records(Check.HIDDEN_RETRIES, event.getAgentName(), event.getCount());
    } else if (event.getType() == EventType.CAPTURE_LOSS) {
      records(Check.CAPTURE_LOSS, event.getAgentName() + ", " + event.getLabel(), event.getCount());
    } else {
      records++;
    }
  }

  void deadLetter(DeadLetter letter) {
    records(Check.QUARANTINED, letter.getReason() + ", " + letter.getTopic(), 1);
  }

  /** A window; of several revisions the last counts. */
  void window(WindowKey key, WindowRecord window) {
    windows.put(key, window);
  }

  private Share share(Check check, String what) {
    return shares
        .computeIfAbsent(check, any -> new TreeMap<>())
        .computeIfAbsent(what, any -> new Share());
  }

  private void records(Check check, String what, long count) {
    share(check, what).count += Math.max(1, count);
  }

  /** How many spans and events were looked at. */
  long looked() {
    return records;
  }

  /** Everything to mend, check by check, in the order of names. */
  List<Finding> findings() {
    Map<String, Share> models = new TreeMap<>();
    Share late = new Share();
    for (WindowRecord window : windows.values()) {
      SeriesKey series = window.getSeries();
      if (series.getSubjectKind() == SubjectKind.MODEL) {
        Share model = models.computeIfAbsent(series.getSubjectName(), any -> new Share());
        model.count += window.getCostUnknown();
        model.of += window.getAttempts();
      }
      if (series.getSubjectKind() == SubjectKind.AGENT) {
        late.count += window.getLate();
        late.of += window.getCounted();
      }
    }
    shares.put(Check.COST_UNKNOWN, models);
    shares.put(Check.LATE, Map.of("all agents", late));
    List<Finding> findings = new ArrayList<>();
    for (Check check : Check.values()) {
      shares
          .getOrDefault(check, Map.of())
          .forEach(
              (what, share) -> {
                if (share.count > 0) {
                  long of = share.of == 0 ? records : share.of;
                  String who = what.isEmpty() ? Series.UNKNOWN : what;
                  findings.add(new Finding(check, who, share.count, of));
                }
              });
    }
    return findings;
  }
}
