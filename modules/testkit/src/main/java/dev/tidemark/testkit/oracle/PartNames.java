package dev.tidemark.testkit.oracle;

import dev.tidemark.records.SeriesKey;
import java.util.Locale;

/** What the parts of windows are called. */
final class PartNames {
  private PartNames() {}

  /** Of an agent: the tool or model that was called. */
  static String called(SpanFact fact) {
    SeriesKeys keys = SeriesKeys.of(fact.span());
    if (fact.tool()) {
      SeriesKey tool = keys.tool(fact.target(), fact.span().getToolVersion());
      return "tool:" + tool.getSubjectName() + "@" + tool.getToolVersion();
    }
    SeriesKey model = keys.model(fact.target(), fact.span().getModelBackend());
    return "model:" + model.getSubjectName() + "@" + model.getModelBackend();
  }

  /** Of a fleet: the agent that called. */
  static String agent(SpanFact fact) {
    SeriesKeys keys = SeriesKeys.of(fact.span());
    return "agent:" + keys.agent() + "@" + keys.version();
  }

  /** Of a tool: the side of the conversation that called it. */
  static String actor(SpanFact fact) {
    return "actor:" + fact.span().getActor().name().toLowerCase(Locale.ROOT);
  }
}
