package dev.tidemark.testkit.oracle;

import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;

/** The series that an agent version has a part in. */
record SeriesKeys(String tenant, String environment, String agent, String version) {
  static SeriesKeys of(AgentSpan span) {
    return new SeriesKeys(
        span.getTenant(),
        span.getEnvironment(),
        span.getAgentName(),
        span.getAgentVersion() == null ? "unknown" : span.getAgentVersion());
  }

  static SeriesKeys of(AgentEvent event) {
    return new SeriesKeys(
        event.getTenant(),
        event.getEnvironment(),
        event.getAgentName(),
        event.getAgentVersion() == null ? "unknown" : event.getAgentVersion());
  }

  SeriesKey tool(String name, String toolVersion) {
    return key(SubjectKind.TOOL, name, agent, version, version(toolVersion), "");
  }

  SeriesKey model(String name, String backend) {
    return key(SubjectKind.MODEL, name, agent, version, "", version(backend));
  }

  SeriesKey policy(String rule) {
    return key(SubjectKind.POLICY, rule, agent, version, "", "");
  }

  SeriesKey agentSeries() {
    return key(SubjectKind.AGENT, agent, "", version, "", "");
  }

  SeriesKey fleet() {
    return key(SubjectKind.FLEET, "*", "", "", "", "");
  }

  /** A name that may not have been told. */
  static String told(String name) {
    return name == null ? "unknown" : name;
  }

  private static String version(String told) {
    return told == null || told.isEmpty() ? "unknown" : told;
  }

  private SeriesKey key(
      SubjectKind kind, String name, String ofAgent, String ofVersion, String tool, String model) {
    return new SeriesKey(tenant, environment, kind, name, ofAgent, ofVersion, tool, model);
  }
}
